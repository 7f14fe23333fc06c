/*
 * The tdx-timer benchmark for Spin: one process whose every option is one rule, so that a state is the variables alone.
 * spin -a -DN=3 -DG=1 -DHK=1 tdx-timer.pml; then compile pan.c with -DSAFETY -DNOREDUCE.
 */
#define OUT 0
#define GUEST 1
#define EXITING 2
#define BLOCKED 3

#define RUN 0
#define T1 1
#define T2 2
#define T3 3
#define HC 4
#define BLK 5
#define E1 6
#define E2 7
#define E3 8
#define E4 9
#define E5 10

#define OFF 0
#define ARMED 1
#define FIRE 2
#define POST 3
#define KICKING 4

typedef vcpu {
  unsigned mode : 2 = OUT;
  unsigned pc : 4 = E1;
  unsigned hr : 3 = OFF;
  unsigned pend : 2 = 0;
  unsigned gen : 2 = 0;
  bit unb; bit evt; bit on; bit pirT; bit pirI; bit irrT; bit irrI; bit isr
};
vcpu v[N];
bit apicv = 1;

inline wake(k) { if :: v[k].mode == BLOCKED -> v[k].mode = OUT; v[k].pc = HC :: else fi }
inline kick(k) {
  if
  :: v[k].mode == GUEST -> v[k].mode = EXITING
  :: v[k].mode == BLOCKED -> v[k].mode = OUT; v[k].pc = HC
  :: else
  fi
}
inline sync(k) {
  v[k].on = 0;
  v[k].irrT = v[k].irrT | v[k].pirT; v[k].irrI = v[k].irrI | v[k].pirI;
  v[k].pirT = 0; v[k].pirI = 0
}

#define RUNS(k) (v[k].pc == RUN && v[k].mode == GUEST)
#define QUIET(k) (!v[k].irrT && !v[k].irrI && !v[k].isr)
#define NOIPI(k) (!v[k].pirI && !v[k].irrI)
#define IDLE(k) ((v[k].pc == E1 || v[k].pc == BLK) && v[k].hr <= ARMED)
#define TOGGLED(k) if :: v[k].pc == E1 -> v[k].evt = 1 :: else fi
#define SOUND(k) ( \
  ((v[k].mode == GUEST || v[k].mode == EXITING) == (v[k].pc == RUN || v[k].pc == E4 || v[k].pc == E5)) && \
  ((v[k].mode == BLOCKED) == (v[k].pc == BLK)) && \
  (!v[k].pirI || v[k].on) && \
  (v[k].mode != BLOCKED || (v[k].hr != OFF && !v[k].on && !v[k].irrT && !v[k].irrI && !v[k].unb && !v[k].evt && \
    (v[k].pend == 0 || v[k].hr == KICKING))))

#if N == 1
#define IPIFREE NOIPI(0)
#define IDLES IDLE(0)
#define TOGGLES TOGGLED(0)
#define SOUNDS SOUND(0)
#elif N == 2
#define IPIFREE (NOIPI(0) && NOIPI(1))
#define IDLES (IDLE(0) && IDLE(1))
#define TOGGLES TOGGLED(0); TOGGLED(1)
#define SOUNDS (SOUND(0) && SOUND(1))
#else
#define IPIFREE (NOIPI(0) && NOIPI(1) && NOIPI(2))
#define IDLES (IDLE(0) && IDLE(1) && IDLE(2))
#define TOGGLES TOGGLED(0); TOGGLED(1); TOGGLED(2)
#define SOUNDS (SOUND(0) && SOUND(1) && SOUND(2))
#endif

#define IPI(i, j) \
  :: d_step { (RUNS(i) && QUIET(i) && IPIFREE) -> \
       v[j].pirI = 1; v[j].on = 1; if :: apicv -> wake(j) :: else -> v[j].evt = 1; kick(j) fi }

#define RULES(i) \
  :: d_step { (RUNS(i) && QUIET(i) && v[i].gen < G) -> v[i].mode = OUT; v[i].pc = T1 } \
  :: d_step { (RUNS(i) && QUIET(i) && v[i].gen > 0) -> v[i].mode = OUT; v[i].pc = HC } \
  :: d_step { (RUNS(i) && v[i].irrT && !v[i].isr) -> v[i].irrT = 0; v[i].isr = 1 } \
  :: d_step { (RUNS(i) && v[i].irrI && !v[i].irrT && !v[i].isr) -> v[i].irrI = 0 } \
  :: d_step { (RUNS(i) && v[i].isr) -> v[i].isr = 0; v[i].gen = 0 } \
  :: d_step { (RUNS(i) && v[i].on) -> sync(i) } \
  :: d_step { (v[i].pc == RUN && v[i].mode == EXITING) -> v[i].mode = OUT; v[i].pc = E1 } \
  :: d_step { (v[i].pc == T1 && v[i].hr <= ARMED) -> v[i].hr = OFF; v[i].pc = T2 } \
  :: d_step { (v[i].pc == T2) -> v[i].pend = 0; v[i].pc = T3 } \
  :: d_step { (v[i].pc == T3) -> v[i].gen = v[i].gen + 1; v[i].hr = ARMED; v[i].pc = E1 } \
  :: d_step { (v[i].pc == HC) -> \
       if \
       :: (v[i].unb || v[i].pend > 0 || v[i].irrT || v[i].irrI || v[i].on || v[i].evt) -> v[i].unb = 0; v[i].pc = E1 \
       :: else -> v[i].mode = BLOCKED; v[i].pc = BLK \
       fi } \
  :: d_step { (v[i].pc == E1) -> v[i].unb = 0; v[i].evt = 0; v[i].pc = E2 } \
  :: d_step { (v[i].pc == E2) -> \
       if \
       :: v[i].pend > 0 -> v[i].pend = 0; if :: apicv -> v[i].pirT = 1; v[i].on = 1 :: else -> v[i].irrT = 1 fi \
       :: else \
       fi; \
       v[i].pc = E3 } \
  :: d_step { (v[i].pc == E3) -> v[i].mode = GUEST; v[i].pc = E4 } \
  :: d_step { (v[i].pc == E4) -> if :: v[i].on -> sync(i) :: else fi; v[i].pc = E5 } \
  :: d_step { (v[i].pc == E5) -> \
       if \
       :: (v[i].mode == EXITING || v[i].unb || v[i].evt) -> v[i].mode = OUT; v[i].pc = E1 \
       :: else -> v[i].pc = RUN \
       fi } \
  :: d_step { (v[i].hr == ARMED) -> v[i].hr = FIRE } \
  :: d_step { (v[i].hr == FIRE) -> \
       if \
       :: (apicv && HK && v[i].mode == GUEST) -> v[i].pirT = 1; v[i].hr = POST \
       :: else -> if :: v[i].pend < 2 -> v[i].pend = v[i].pend + 1 :: else fi; v[i].hr = KICKING \
       fi } \
  :: d_step { (v[i].hr == POST) -> v[i].on = 1; v[i].hr = OFF; wake(i) } \
  :: d_step { (v[i].hr == KICKING) -> v[i].unb = 1; v[i].hr = OFF; kick(i) }

active proctype system() {
  do
  RULES(0)
#if N > 1
  RULES(1)
  IPI(0, 1)
  IPI(1, 0)
#endif
#if N > 2
  RULES(2)
  IPI(0, 2)
  IPI(1, 2)
  IPI(2, 0)
  IPI(2, 1)
#endif
  :: d_step { IDLES -> apicv = !apicv; TOGGLES }
  :: d_step { !SOUNDS -> assert(false) }
  od
}
