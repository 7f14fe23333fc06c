// The rules of one vCPU of the tdx-timer benchmark, and of what reaches it from outside, for the searches written by hand.
#pragma once
#include <cstdint>

using u32 = uint32_t;
using u64 = uint64_t;

// One vCPU is 21 bits: a field is its lowest bit and its mask.
enum Mode : u32 { OUT, GUEST, EXITING, BLOCKED };
enum Pc : u32 { RUN, T1, T2, T3, HC, BLK, E1, E2, E3, E4, E5 };
enum Hr : u32 { OFF, ARMED, FIRE, POST, KICKING };

template <int AT, int WIDTH> struct Field {
  static constexpr u32 mask = ((1u << WIDTH) - 1) << AT;
  static u32 of(u32 v) { return (v & mask) >> AT; }
  static u32 set(u32 v, u32 to) { return (v & ~mask) | (to << AT); }
};
using MODE = Field<0, 2>;
using PC = Field<2, 4>;
using HR = Field<6, 3>;
using PEND = Field<9, 2>;
using UNB = Field<11, 1>;
using EVT = Field<12, 1>;
using ON = Field<13, 1>;
using PIRT = Field<14, 1>;
using PIRI = Field<15, 1>;
using IRRT = Field<16, 1>;
using IRRI = Field<17, 1>;
using ISR = Field<18, 1>;
using GEN = Field<19, 2>;
constexpr int WIDTH = 21;
constexpr u32 VCPU = (1u << WIDTH) - 1;

static u32 wake(u32 v) { return MODE::of(v) == BLOCKED ? PC::set(MODE::set(v, OUT), HC) : v; }
static u32 kick(u32 v) { return MODE::of(v) == GUEST ? MODE::set(v, EXITING) : wake(v); }
static u32 sync(u32 v) {
  u32 posted = (v & (PIRT::mask | PIRI::mask)) << 2;
  return (v & ~(ON::mask | PIRT::mask | PIRI::mask)) | posted;
}

static bool sound(u32 v) {
  u32 mode = MODE::of(v), pc = PC::of(v), hr = HR::of(v);
  if ((mode == GUEST || mode == EXITING) != (pc == RUN || pc == E4 || pc == E5)) return false;
  if ((mode == BLOCKED) != (pc == BLK)) return false;
  if ((v & PIRI::mask) && !(v & ON::mask)) return false;
  if (mode != BLOCKED) return true;
  return hr != OFF && !(v & (ON::mask | IRRT::mask | IRRI::mask | UNB::mask | EVT::mask)) &&
         (PEND::of(v) == 0 || hr == KICKING);
}

/** Calls `to` with the vCPU after each rule of its own that is enabled; IPI and TOGGLE are below. */
template <class To> static void ownRules(u32 v, bool apicv, To to) {
  u32 w;
  switch (PC::of(v)) {
    case RUN:
      if (MODE::of(v) == GUEST) {
        if (!(v & (IRRT::mask | IRRI::mask | ISR::mask))) {
          if (GEN::of(v) < G) to(PC::set(MODE::set(v, OUT), T1));
          if (GEN::of(v) > 0) to(PC::set(MODE::set(v, OUT), HC));
        }
        if ((v & IRRT::mask) && !(v & ISR::mask)) to((v & ~IRRT::mask) | ISR::mask);
        if ((v & (IRRI::mask | IRRT::mask | ISR::mask)) == IRRI::mask) to(v & ~IRRI::mask);
        if (v & ISR::mask) to(GEN::set(v & ~ISR::mask, 0));
        if (v & ON::mask) to(sync(v));
      } else if (MODE::of(v) == EXITING) to(PC::set(MODE::set(v, OUT), E1));
      break;
    case T1:
      if (HR::of(v) <= ARMED) to(PC::set(HR::set(v, OFF), T2));
      break;
    case T2: to(PC::set(PEND::set(v, 0), T3)); break;
    case T3: to(PC::set(HR::set(GEN::set(v, GEN::of(v) + 1), ARMED), E1)); break;
    case HC:
      if ((v & (UNB::mask | PEND::mask | IRRT::mask | IRRI::mask | ON::mask | EVT::mask)) != 0)
        to(PC::set(v & ~UNB::mask, E1));
      else to(PC::set(MODE::set(v, BLOCKED), BLK));
      break;
    case BLK: break;
    case E1: to(PC::set(v & ~(UNB::mask | EVT::mask), E2)); break;
    case E2:
      w = PC::set(v, E3);
      if (PEND::of(v) > 0) w = PEND::set(w, 0) | (apicv ? PIRT::mask | ON::mask : IRRT::mask);
      to(w);
      break;
    case E3: to(PC::set(MODE::set(v, GUEST), E4)); break;
    case E4: to(PC::set((v & ON::mask) ? sync(v) : v, E5)); break;
    case E5:
      if (MODE::of(v) == EXITING || (v & (UNB::mask | EVT::mask))) to(PC::set(MODE::set(v, OUT), E1));
      else to(PC::set(v, RUN));
      break;
  }
  switch (HR::of(v)) {
    case ARMED: to(HR::set(v, FIRE)); break;
    case FIRE:
      if (apicv && HK && MODE::of(v) == GUEST) to(HR::set(v | PIRT::mask, POST));
      else to(HR::set(PEND::set(v, PEND::of(v) < 2 ? PEND::of(v) + 1 : 2), KICKING));
      break;
    case POST: to(wake(HR::set(v | ON::mask, OFF))); break;
    case KICKING: to(kick(HR::set(v | UNB::mask, OFF))); break;
  }
}

static bool quietGuest(u32 v) {
  return PC::of(v) == RUN && MODE::of(v) == GUEST && !(v & (IRRT::mask | IRRI::mask | ISR::mask));
}
/** Whether it has no IPI: nobody may send one while somebody has. */
static bool ipiFree(u32 v) { return !(v & (PIRI::mask | IRRI::mask)); }
/** The vCPU after an IPI was sent to it. */
static u32 sentTo(u32 v, bool apicv) {
  u32 posted = v | PIRI::mask | ON::mask;
  return apicv ? wake(posted) : kick(posted | EVT::mask);
}
/** Whether it lets APICv be toggled, and the vCPU after that. */
static bool letsToggle(u32 v) { return (PC::of(v) == E1 || PC::of(v) == BLK) && HR::of(v) <= ARMED; }
static u32 toggled(u32 v) { return PC::of(v) == E1 ? v | EVT::mask : v; }

/** The vCPU at the start. */
static u32 initial() { return PC::set(0, E1); }
