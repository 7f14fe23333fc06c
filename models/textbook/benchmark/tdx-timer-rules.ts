import { callback, environment, inGuest, kick, quiet, send, sync, thread, wake } from "./tdx-timer-state.ts";

/** TMICT: the guest programs its timer, at most `limit` times (1 or 2) before the next EOI. */
export const tmict = (limit: number) =>
  thread(
    "TMICT",
    (v) => inGuest(v) && quiet(v) && v.gen < limit,
    (v) => {
      v.mode = "OUT";
      v.pc = "T1";
    },
  );

/** CB1 on another CPU: the callback posts the interrupt while the vCPU is in the guest. */
const cb1Housekeeping = callback(
  "CB1",
  (v) => v.hr === "FIRE",
  (v, d) => {
    if (d.apicv && v.mode === "GUEST") {
      v.pirT = true;
      v.hr = "POST";
    } else {
      v.pend = Math.min(v.pend + 1, 2);
      v.hr = "KICK";
    }
  },
);

/** CB1 without housekeeping CPUs: the callback always leaves the interrupt pending. */
export const cb1Local = callback(
  "CB1",
  (v) => v.hr === "FIRE",
  (v) => {
    v.pend = Math.min(v.pend + 1, 2);
    v.hr = "KICK";
  },
);

const guest = [
  thread(
    "HLT",
    (v) => inGuest(v) && quiet(v) && v.gen > 0,
    (v) => {
      v.mode = "OUT";
      v.pc = "HC";
    },
  ),
  send(
    "IPI",
    (v, s) => inGuest(v) && quiet(v) && s.vcpu.every(({ pirI, irrI }) => !pirI && !irrI),
    (v, d) => {
      v.pirI = true;
      v.on = true;
      if (d.apicv) wake(v);
      else {
        v.evt = true;
        kick(v);
      }
    },
  ),
  thread(
    "TAKET",
    (v) => inGuest(v) && v.irrT && !v.isr,
    (v) => {
      v.irrT = false;
      v.isr = true;
    },
  ),
  thread(
    "TAKEI",
    (v) => inGuest(v) && v.irrI && !v.irrT && !v.isr,
    (v) => {
      v.irrI = false;
    },
  ),
  thread(
    "EOI",
    (v) => inGuest(v) && v.isr,
    (v) => {
      v.isr = false;
      v.gen = 0;
    },
  ),
  thread("HWSYNC", (v) => inGuest(v) && v.on, sync),
  thread(
    "XKICK",
    (v) => v.pc === "RUN" && v.mode === "EXITING",
    (v) => {
      v.mode = "OUT";
      v.pc = "E1";
    },
  ),
];

const exits = [
  thread(
    "CANCEL",
    (v) => v.pc === "T1" && (v.hr === "OFF" || v.hr === "ARMED"),
    (v) => {
      v.hr = "OFF";
      v.pc = "T2";
    },
  ),
  thread(
    "CLEARPEND",
    (v) => v.pc === "T2",
    (v) => {
      v.pend = 0;
      v.pc = "T3";
    },
  ),
  thread(
    "ARM",
    (v) => v.pc === "T3",
    (v) => {
      v.gen++;
      v.hr = "ARMED";
      v.pc = "E1";
    },
  ),
  thread(
    "HALTCHECK",
    (v) => v.pc === "HC",
    (v) => {
      if (v.unb || v.pend > 0 || v.irrT || v.irrI || v.on || v.evt) {
        v.unb = false;
        v.pc = "E1";
      } else {
        v.mode = "BLOCKED";
        v.pc = "BLK";
      }
    },
  ),
];

const entry = [
  thread(
    "ENT1",
    (v) => v.pc === "E1",
    (v) => {
      v.unb = false;
      v.evt = false;
      v.pc = "E2";
    },
  ),
  thread(
    "ENT2",
    (v) => v.pc === "E2",
    (v, d) => {
      if (v.pend > 0) {
        v.pend = 0;
        if (d.apicv) {
          v.pirT = true;
          v.on = true;
        } else v.irrT = true;
      }
      v.pc = "E3";
    },
  ),
  thread(
    "ENT3",
    (v) => v.pc === "E3",
    (v) => {
      v.mode = "GUEST";
      v.pc = "E4";
    },
  ),
  thread(
    "ENT4",
    (v) => v.pc === "E4",
    (v) => {
      if (v.on) sync(v);
      v.pc = "E5";
    },
  ),
  thread(
    "ENT5",
    (v) => v.pc === "E5",
    (v) => {
      if (v.mode === "EXITING" || v.unb || v.evt) {
        v.mode = "OUT";
        v.pc = "E1";
      } else v.pc = "RUN";
    },
  ),
];

const timer = [
  callback(
    "EXPIRE",
    (v) => v.hr === "ARMED",
    (v) => {
      v.hr = "FIRE";
    },
  ),
  cb1Housekeeping,
  callback(
    "CBPOST",
    (v) => v.hr === "POST",
    (v) => {
      v.on = true;
      v.hr = "OFF";
      wake(v);
    },
  ),
  callback(
    "CBKICK",
    (v) => v.hr === "KICK",
    (v) => {
      v.unb = true;
      v.hr = "OFF";
      kick(v);
    },
  ),
];

const toggle = environment(
  "TOGGLE",
  (s) => s.vcpu.every(({ pc, hr }) => (pc === "E1" || pc === "BLK") && (hr === "OFF" || hr === "ARMED")),
  (d) => {
    d.apicv = !d.apicv;
    for (const v of d.vcpu) if (v.pc === "E1") v.evt = true;
  },
);

/** All rules, for one programming of the timer at most and with housekeeping CPUs. */
export const rules = [tmict(1), ...guest, ...exits, ...entry, ...timer, toggle];
