------------------------------ MODULE TdxTimer ------------------------------
\* The tdx-timer benchmark for TLC. "States generated" is transitions + 1.
EXTENDS Naturals

CONSTANTS N, G, HK

VARIABLES v, apicv

vars == <<v, apicv>>
Vcpu == 0 .. N - 1

Reset == [mode |-> "OUT", pc |-> "E1", hr |-> "OFF", pend |-> 0, unb |-> 0, evt |-> 0, on |-> 0,
          pirT |-> 0, pirI |-> 0, irrT |-> 0, irrI |-> 0, isr |-> 0, gen |-> 0]

Init == v = [i \in Vcpu |-> Reset] /\ apicv = 1

Or(a, b) == IF a = 1 \/ b = 1 THEN 1 ELSE 0
Wake(x) == IF x.mode = "BLOCKED" THEN [x EXCEPT !.mode = "OUT", !.pc = "HC"] ELSE x
Kick(x) == IF x.mode = "GUEST" THEN [x EXCEPT !.mode = "EXITING"] ELSE Wake(x)
Sync(x) == [x EXCEPT !.on = 0, !.irrT = Or(x.irrT, x.pirT), !.irrI = Or(x.irrI, x.pirI), !.pirT = 0, !.pirI = 0]
Quiet(x) == x.irrT = 0 /\ x.irrI = 0 /\ x.isr = 0
Runs(x) == x.pc = "RUN" /\ x.mode = "GUEST"
IpiFree == \A k \in Vcpu : v[k].pirI = 0 /\ v[k].irrI = 0

To(i, x) == v' = [v EXCEPT ![i] = x] /\ UNCHANGED apicv

TMICT(i) == Runs(v[i]) /\ Quiet(v[i]) /\ v[i].gen < G /\ To(i, [v[i] EXCEPT !.mode = "OUT", !.pc = "T1"])
HLT(i) == Runs(v[i]) /\ Quiet(v[i]) /\ v[i].gen > 0 /\ To(i, [v[i] EXCEPT !.mode = "OUT", !.pc = "HC"])
IPI(i, j) ==
  /\ i # j /\ Runs(v[i]) /\ Quiet(v[i]) /\ IpiFree
  /\ LET x == [v[j] EXCEPT !.pirI = 1, !.on = 1]
     IN To(j, IF apicv = 1 THEN Wake(x) ELSE Kick([x EXCEPT !.evt = 1]))
TAKET(i) == Runs(v[i]) /\ v[i].irrT = 1 /\ v[i].isr = 0 /\ To(i, [v[i] EXCEPT !.irrT = 0, !.isr = 1])
TAKEI(i) == Runs(v[i]) /\ v[i].irrI = 1 /\ v[i].irrT = 0 /\ v[i].isr = 0 /\ To(i, [v[i] EXCEPT !.irrI = 0])
EOI(i) == Runs(v[i]) /\ v[i].isr = 1 /\ To(i, [v[i] EXCEPT !.isr = 0, !.gen = 0])
HWSYNC(i) == Runs(v[i]) /\ v[i].on = 1 /\ To(i, Sync(v[i]))
XKICK(i) == v[i].pc = "RUN" /\ v[i].mode = "EXITING" /\ To(i, [v[i] EXCEPT !.mode = "OUT", !.pc = "E1"])
CANCEL(i) == v[i].pc = "T1" /\ v[i].hr \in {"OFF", "ARMED"} /\ To(i, [v[i] EXCEPT !.hr = "OFF", !.pc = "T2"])
CLEARPEND(i) == v[i].pc = "T2" /\ To(i, [v[i] EXCEPT !.pend = 0, !.pc = "T3"])
ARM(i) == v[i].pc = "T3" /\ To(i, [v[i] EXCEPT !.gen = @ + 1, !.hr = "ARMED", !.pc = "E1"])
Woken(x) == \E n \in {x.unb, x.pend, x.irrT, x.irrI, x.on, x.evt} : n > 0
HALTCHECK(i) ==
  /\ v[i].pc = "HC"
  /\ To(i, IF Woken(v[i]) THEN [v[i] EXCEPT !.unb = 0, !.pc = "E1"]
           ELSE [v[i] EXCEPT !.mode = "BLOCKED", !.pc = "BLK"])
ENT1(i) == v[i].pc = "E1" /\ To(i, [v[i] EXCEPT !.unb = 0, !.evt = 0, !.pc = "E2"])
ENT2(i) ==
  /\ v[i].pc = "E2"
  /\ To(i, IF v[i].pend = 0 THEN [v[i] EXCEPT !.pc = "E3"]
           ELSE IF apicv = 1 THEN [v[i] EXCEPT !.pend = 0, !.pirT = 1, !.on = 1, !.pc = "E3"]
           ELSE [v[i] EXCEPT !.pend = 0, !.irrT = 1, !.pc = "E3"])
ENT3(i) == v[i].pc = "E3" /\ To(i, [v[i] EXCEPT !.mode = "GUEST", !.pc = "E4"])
ENT4(i) == v[i].pc = "E4" /\ To(i, [(IF v[i].on = 1 THEN Sync(v[i]) ELSE v[i]) EXCEPT !.pc = "E5"])
ENT5(i) ==
  /\ v[i].pc = "E5"
  /\ To(i, IF v[i].mode = "EXITING" \/ v[i].unb = 1 \/ v[i].evt = 1 THEN [v[i] EXCEPT !.mode = "OUT", !.pc = "E1"]
           ELSE [v[i] EXCEPT !.pc = "RUN"])
EXPIRE(i) == v[i].hr = "ARMED" /\ To(i, [v[i] EXCEPT !.hr = "FIRE"])
CB1(i) ==
  /\ v[i].hr = "FIRE"
  /\ To(i, IF apicv = 1 /\ HK = 1 /\ v[i].mode = "GUEST" THEN [v[i] EXCEPT !.pirT = 1, !.hr = "POST"]
           ELSE [v[i] EXCEPT !.pend = IF @ < 2 THEN @ + 1 ELSE 2, !.hr = "KICK"])
CBPOST(i) == v[i].hr = "POST" /\ To(i, Wake([v[i] EXCEPT !.on = 1, !.hr = "OFF"]))
CBKICK(i) == v[i].hr = "KICK" /\ To(i, Kick([v[i] EXCEPT !.unb = 1, !.hr = "OFF"]))
TOGGLE ==
  /\ \A k \in Vcpu : v[k].pc \in {"E1", "BLK"} /\ v[k].hr \in {"OFF", "ARMED"}
  /\ apicv' = 1 - apicv
  /\ v' = [k \in Vcpu |-> IF v[k].pc = "E1" THEN [v[k] EXCEPT !.evt = 1] ELSE v[k]]

Next ==
  \/ \E i \in Vcpu :
       \/ TMICT(i) \/ HLT(i) \/ TAKET(i) \/ TAKEI(i) \/ EOI(i) \/ HWSYNC(i) \/ XKICK(i)
       \/ CANCEL(i) \/ CLEARPEND(i) \/ ARM(i) \/ HALTCHECK(i)
       \/ ENT1(i) \/ ENT2(i) \/ ENT3(i) \/ ENT4(i) \/ ENT5(i)
       \/ EXPIRE(i) \/ CB1(i) \/ CBPOST(i) \/ CBKICK(i)
       \/ \E j \in Vcpu : IPI(i, j)
  \/ TOGGLE

Spec == Init /\ [][Next]_vars

Sound ==
  \A i \in Vcpu :
    LET x == v[i] IN
    /\ (x.mode \in {"GUEST", "EXITING"}) <=> (x.pc \in {"RUN", "E4", "E5"})
    /\ (x.mode = "BLOCKED") <=> (x.pc = "BLK")
    /\ x.pirI = 1 => x.on = 1
    /\ x.mode = "BLOCKED" =>
         /\ x.hr # "OFF"
         /\ \A n \in {x.on, x.irrT, x.irrI, x.unb, x.evt} : n = 0
         /\ x.pend = 0 \/ x.hr = "KICK"
=============================================================================
