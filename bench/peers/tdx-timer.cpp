// The tdx-timer benchmark by hand: the limit that a general checker is measured against. Breadth first, one thread, one
// probe at a time, exact. Build: g++ -std=c++17 -O3 -march=native -DN=3 -DG=1 -DHK=1 tdx-timer.cpp
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>
#include <vector>

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
constexpr u64 APICV = u64(1) << (WIDTH * N);

static u32 vcpu(u64 s, int i) { return u32(s >> (WIDTH * i)) & VCPU; }
static u64 with(u64 s, int i, u32 from, u32 to) { return s ^ (u64(from ^ to) << (WIDTH * i)); }

static u32 wake(u32 v) { return MODE::of(v) == BLOCKED ? PC::set(MODE::set(v, OUT), HC) : v; }
static u32 kick(u32 v) { return MODE::of(v) == GUEST ? MODE::set(v, EXITING) : wake(v); }
static u32 sync(u32 v) {
  u32 posted = (v & (PIRT::mask | PIRI::mask)) << 2;
  return (v & ~(ON::mask | PIRT::mask | PIRI::mask)) | posted;
}

static void fail(u64 s) {
  std::printf("invariant broken in %016llx\n", (unsigned long long)s);
  std::exit(1);
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

/** Calls `emit` with each successor of `s`, one for each enabled rule instance. */
template <class Emit> static void successors(u64 s, Emit emit) {
  bool apicv = s & APICV;
  bool ipifree = true, toggles = true;
  for (int i = 0; i < N; i++) {
    u32 v = vcpu(s, i), pc = PC::of(v);
    if (v & (PIRI::mask | IRRI::mask)) ipifree = false;
    if ((pc != E1 && pc != BLK) || HR::of(v) > ARMED) toggles = false;
  }
  for (int i = 0; i < N; i++) {
    u32 v = vcpu(s, i), w;
    auto to = [&](u32 next) { emit(with(s, i, v, next)); };
    switch (PC::of(v)) {
      case RUN:
        if (MODE::of(v) == GUEST) {
          if (!(v & (IRRT::mask | IRRI::mask | ISR::mask))) {
            if (GEN::of(v) < G) to(PC::set(MODE::set(v, OUT), T1));
            if (GEN::of(v) > 0) to(PC::set(MODE::set(v, OUT), HC));
            if (ipifree)
              for (int j = 0; j < N; j++) {
                if (j == i) continue;
                u32 t = vcpu(s, j), p = t | PIRI::mask | ON::mask;
                emit(with(s, j, t, apicv ? wake(p) : kick(p | EVT::mask)));
              }
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
  if (toggles) {
    u64 t = s ^ APICV;
    for (int i = 0; i < N; i++)
      if (PC::of(vcpu(s, i)) == E1) t |= u64(EVT::mask) << (WIDTH * i);
    emit(t);
  }
}

/** Open addressing, linear probing, at a load of 60 % at most; 0 is free, for no reachable state is 0. */
class Table {
  u64 *cells = nullptr;
  int bits = 0;

  static u64 *zeroed(size_t count) {
    void *at = mmap(nullptr, count * sizeof(u64), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) std::abort();
    return static_cast<u64 *>(at);
  }
  void grow() {
    u64 *old = cells;
    size_t size = cells ? size_t(1) << bits : 0;
    bits = cells ? bits + 1 : 16;
    cells = zeroed(size_t(1) << bits);
    for (size_t i = 0; i < size; i++)
      if (old[i]) put(old[i]);
    if (old) munmap(old, size * sizeof(u64));
  }
  bool put(u64 s) {
    size_t last = (size_t(1) << bits) - 1;
    size_t at = (s * 0x9e3779b97f4a7c15u) >> (64 - bits);
    for (; cells[at]; at = (at + 1) & last)
      if (cells[at] == s) return false;
    cells[at] = s;
    return true;
  }

public:
  size_t count = 0;
  bool add(u64 s) {
    if (!cells || count * 10 >= (size_t(1) << bits) * 6) grow();
    if (!put(s)) return false;
    count++;
    return true;
  }
};

int main() {
  Table seen;
  std::vector<u64> level, next;
  u64 transitions = 0;
  int depth = 0;
  auto add = [&](u64 s) {
    if (!seen.add(s)) return;
    for (int i = 0; i < N; i++)
      if (!sound(vcpu(s, i))) fail(s);
    next.push_back(s);
  };
  u64 start = APICV;
  for (int i = 0; i < N; i++) start |= u64(PC::set(0, E1)) << (WIDTH * i);
  add(start);
  for (;;) {
    level.swap(next);
    next.clear();
    for (u64 s : level)
      successors(s, [&](u64 t) {
        transitions++;
        add(t);
      });
    if (next.empty()) break;
    depth++;
  }
  std::printf("states %zu transitions %llu depth %d\n", seen.count, (unsigned long long)transitions, depth);
}
