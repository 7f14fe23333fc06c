//! The tdx-timer benchmark for stateright. N, G and HK are set on the lines below; the argument is the number of threads.
//! stateright counts the initial state among those it generated, and depth from 1.
use stateright::{Checker, Model, Property};
use std::hash::{Hash, Hasher};

const N: usize = 3;
const G: u8 = 1;
const HK: u8 = 1;

#[rustfmt::skip]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode { Out, Guest, Exiting, Blocked }

#[rustfmt::skip]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pc { Run, T1, T2, T3, Hc, Blk, E1, E2, E3, E4, E5 }

#[rustfmt::skip]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hr { Off, Armed, Fire, Post, Kick }

#[derive(Clone, Copy, Debug, PartialEq)]
struct Vcpu {
    mode: Mode,
    pc: Pc,
    hr: Hr,
    pend: u8,
    unb: bool,
    evt: bool,
    on: bool,
    pir_t: bool,
    pir_i: bool,
    irr_t: bool,
    irr_i: bool,
    isr: bool,
    gen: u8,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct State {
    v: [Vcpu; N],
    apicv: bool,
}

/// One rule instance: what the guest does, what a vCPU's thread or its hrtimer does where there is one step only that it
/// can do next, and TOGGLE.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    Tmict(u8),
    Hlt(u8),
    Ipi(u8, u8),
    TakeT(u8),
    TakeI(u8),
    Eoi(u8),
    HwSync(u8),
    Thread(u8),
    Hrtimer(u8),
    Toggle,
}

impl Vcpu {
    /// The fields in 21 bits.
    fn packed(&self) -> u64 {
        let flags = [self.unb, self.evt, self.on, self.pir_t, self.pir_i, self.irr_t, self.irr_i, self.isr];
        let bits = flags.iter().fold(0, |bits, &flag| bits << 1 | flag as u64);
        let counts = (self.gen as u64) << 2 | self.pend as u64;
        (((bits << 4 | counts) << 3 | self.hr as u64) << 4 | self.pc as u64) << 2 | self.mode as u64
    }

    fn leave(&mut self, pc: Pc) {
        self.mode = Mode::Out;
        self.pc = pc;
    }

    fn wake(&mut self) {
        if self.mode == Mode::Blocked {
            self.leave(Pc::Hc);
        }
    }

    fn kick(&mut self) {
        if self.mode == Mode::Guest {
            self.mode = Mode::Exiting;
        } else {
            self.wake();
        }
    }

    fn sync(&mut self) {
        self.on = false;
        self.irr_t |= self.pir_t;
        self.irr_i |= self.pir_i;
        (self.pir_t, self.pir_i) = (false, false);
    }

    fn quiet(&self) -> bool {
        !self.irr_t && !self.irr_i && !self.isr
    }

    /// Whether the vCPU's thread, outside the guest, has no step.
    fn waits(&self) -> bool {
        match self.pc {
            Pc::Run => self.mode != Mode::Exiting,
            Pc::T1 => !self.hr_rests(),
            pc => pc == Pc::Blk,
        }
    }

    fn hr_rests(&self) -> bool {
        self.hr == Hr::Off || self.hr == Hr::Armed
    }

    fn toggles(&self) -> bool {
        (self.pc == Pc::E1 || self.pc == Pc::Blk) && self.hr_rests()
    }

    fn sound(&self) -> bool {
        let inside = self.mode == Mode::Guest || self.mode == Mode::Exiting;
        let blocked = self.mode == Mode::Blocked;
        let told = self.on || self.irr_t || self.irr_i || self.unb || self.evt;
        inside == matches!(self.pc, Pc::Run | Pc::E4 | Pc::E5)
            && blocked == (self.pc == Pc::Blk)
            && (!self.pir_i || self.on)
            && (!blocked || self.hr != Hr::Off && !told && (self.pend == 0 || self.hr == Hr::Kick))
    }

    /// The next step of the vCPU's thread outside the guest.
    fn thread(&mut self, apicv: bool) {
        match self.pc {
            Pc::Run => self.leave(Pc::E1),
            Pc::T1 => {
                self.hr = Hr::Off;
                self.pc = Pc::T2;
            }
            Pc::T2 => {
                self.pend = 0;
                self.pc = Pc::T3;
            }
            Pc::T3 => {
                self.gen += 1;
                self.hr = Hr::Armed;
                self.pc = Pc::E1;
            }
            Pc::Hc if self.unb || self.pend > 0 || self.irr_t || self.irr_i || self.on || self.evt => {
                self.unb = false;
                self.pc = Pc::E1;
            }
            Pc::Hc => {
                self.mode = Mode::Blocked;
                self.pc = Pc::Blk;
            }
            Pc::Blk => unreachable!("a blocked vCPU has no step"),
            Pc::E1 => {
                (self.unb, self.evt) = (false, false);
                self.pc = Pc::E2;
            }
            Pc::E2 => {
                if self.pend > 0 {
                    self.pend = 0;
                    self.pir_t |= apicv;
                    self.on |= apicv;
                    self.irr_t |= !apicv;
                }
                self.pc = Pc::E3;
            }
            Pc::E3 => {
                self.mode = Mode::Guest;
                self.pc = Pc::E4;
            }
            Pc::E4 => {
                if self.on {
                    self.sync();
                }
                self.pc = Pc::E5;
            }
            Pc::E5 if self.mode == Mode::Exiting || self.unb || self.evt => self.leave(Pc::E1),
            Pc::E5 => self.pc = Pc::Run,
        }
    }

    /// The next step of the hrtimer.
    fn hrtimer(&mut self, apicv: bool) {
        match self.hr {
            Hr::Off => unreachable!("a timer that is off has no step"),
            Hr::Armed => self.hr = Hr::Fire,
            Hr::Fire if apicv && HK == 1 && self.mode == Mode::Guest => {
                self.pir_t = true;
                self.hr = Hr::Post;
            }
            Hr::Fire => {
                self.pend = 2.min(self.pend + 1);
                self.hr = Hr::Kick;
            }
            Hr::Post => {
                self.on = true;
                self.hr = Hr::Off;
                self.wake();
            }
            Hr::Kick => {
                self.unb = true;
                self.hr = Hr::Off;
                self.kick();
            }
        }
    }
}

/// A state is hashed as the one word that it fits in: derived, the hash would take forty fields one by one.
impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        const { assert!(21 * N < 64) };
        hasher.write_u64(self.v.iter().fold(self.apicv as u64, |word, v| word << 21 | v.packed()));
    }
}

struct Timer;

impl Model for Timer {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let (mode, pc, hr) = (Mode::Out, Pc::E1, Hr::Off);
        let [unb, evt, on, pir_t, pir_i, irr_t, irr_i, isr] = [false; 8];
        let v = Vcpu { mode, pc, hr, pend: 0, unb, evt, on, pir_t, pir_i, irr_t, irr_i, isr, gen: 0 };
        vec![State { v: [v; N], apicv: true }]
    }

    fn actions(&self, s: &State, actions: &mut Vec<Action>) {
        let ipi_free = s.v.iter().all(|v| !v.pir_i && !v.irr_i);
        let mut can = |holds: bool, action: Action| actions.extend(holds.then_some(action));
        for (v, i) in s.v.iter().zip(0..) {
            if v.pc == Pc::Run && v.mode == Mode::Guest {
                can(v.quiet() && v.gen < G, Action::Tmict(i));
                can(v.quiet() && v.gen > 0, Action::Hlt(i));
                for j in 0..N as u8 {
                    can(v.quiet() && ipi_free && j != i, Action::Ipi(i, j));
                }
                can(v.irr_t && !v.isr, Action::TakeT(i));
                can(v.irr_i && !v.irr_t && !v.isr, Action::TakeI(i));
                can(v.isr, Action::Eoi(i));
                can(v.on, Action::HwSync(i));
            } else {
                can(!v.waits(), Action::Thread(i));
            }
            can(v.hr != Hr::Off, Action::Hrtimer(i));
        }
        can(s.v.iter().all(Vcpu::toggles), Action::Toggle);
    }

    fn next_state(&self, s: &State, action: Action) -> Option<State> {
        let mut next = *s;
        let v = &mut next.v;
        match action {
            Action::Tmict(i) => v[i as usize].leave(Pc::T1),
            Action::Hlt(i) => v[i as usize].leave(Pc::Hc),
            Action::Ipi(_, j) => {
                let to = &mut v[j as usize];
                to.pir_i = true;
                to.on = true;
                if s.apicv {
                    to.wake();
                } else {
                    to.evt = true;
                    to.kick();
                }
            }
            Action::TakeT(i) => {
                v[i as usize].irr_t = false;
                v[i as usize].isr = true;
            }
            Action::TakeI(i) => v[i as usize].irr_i = false,
            Action::Eoi(i) => {
                v[i as usize].isr = false;
                v[i as usize].gen = 0;
            }
            Action::HwSync(i) => v[i as usize].sync(),
            Action::Thread(i) => v[i as usize].thread(s.apicv),
            Action::Hrtimer(i) => v[i as usize].hrtimer(s.apicv),
            Action::Toggle => {
                next.apicv = !s.apicv;
                next.v.iter_mut().for_each(|v| v.evt |= v.pc == Pc::E1);
            }
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::<Self>::always("sound", |_, s| s.v.iter().all(Vcpu::sound))]
    }
}

fn main() {
    let threads = std::env::args().nth(1).map_or(1, |count| count.parse().expect("a number of threads"));
    let checker = Timer.checker().threads(threads).spawn_bfs().join();
    checker.assert_properties();
    let (states, generated, depth) = (checker.unique_state_count(), checker.state_count(), checker.max_depth());
    println!("states {states} transitions {} depth {}", generated - 1, depth - 1);
}
