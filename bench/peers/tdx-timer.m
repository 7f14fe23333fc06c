-- The tdx-timer benchmark for Rumur. N, G and HK are set on the lines below.
-- rumur --symmetry-reduction off --deadlock-detection off --output tdx-timer.c tdx-timer.m
const
  N: 3;
  G: 1;
  HK: 1;

type
  index: 0 .. N - 1;
  one: 0 .. 1;
  vcpu: record
    mode: enum { OUTSIDE, GUEST, EXITING, BLOCKED };
    pc: enum { RUN, T1, T2, T3, HC, BLK, E1, E2, E3, E4, E5 };
    hr: enum { OFF, ARMED, FIRE, POST, KICKING };
    pend: 0 .. 2;
    unb: one; evt: one; on: one; pirT: one; pirI: one; irrT: one; irrI: one; isr: one;
    gen: 0 .. 2;
  end;

var
  v: array[index] of vcpu;
  apicv: one;

procedure wake(i: index); begin
  if v[i].mode = BLOCKED then v[i].mode := OUTSIDE; v[i].pc := HC; end;
end;

procedure kick(i: index); begin
  if v[i].mode = GUEST then v[i].mode := EXITING; else wake(i); end;
end;

procedure sync(i: index); begin
  v[i].on := 0;
  if v[i].pirT = 1 then v[i].irrT := 1; end;
  if v[i].pirI = 1 then v[i].irrI := 1; end;
  v[i].pirT := 0;
  v[i].pirI := 0;
end;

function runs(i: index): boolean; begin return v[i].pc = RUN & v[i].mode = GUEST; end;
function quiet(i: index): boolean; begin return v[i].irrT = 0 & v[i].irrI = 0 & v[i].isr = 0; end;

startstate begin
  for i: index do
    v[i].mode := OUTSIDE; v[i].pc := E1; v[i].hr := OFF; v[i].pend := 0;
    v[i].unb := 0; v[i].evt := 0; v[i].on := 0; v[i].pirT := 0; v[i].pirI := 0; v[i].irrT := 0; v[i].irrI := 0;
    v[i].isr := 0; v[i].gen := 0;
  end;
  apicv := 1;
end;

ruleset i: index do
  rule "TMICT" runs(i) & quiet(i) & v[i].gen < G ==> begin v[i].mode := OUTSIDE; v[i].pc := T1; end;
  rule "HLT" runs(i) & quiet(i) & v[i].gen > 0 ==> begin v[i].mode := OUTSIDE; v[i].pc := HC; end;
  rule "TAKET" runs(i) & v[i].irrT = 1 & v[i].isr = 0 ==> begin v[i].irrT := 0; v[i].isr := 1; end;
  rule "TAKEI" runs(i) & v[i].irrI = 1 & v[i].irrT = 0 & v[i].isr = 0 ==> begin v[i].irrI := 0; end;
  rule "EOI" runs(i) & v[i].isr = 1 ==> begin v[i].isr := 0; v[i].gen := 0; end;
  rule "HWSYNC" runs(i) & v[i].on = 1 ==> begin sync(i); end;
  rule "XKICK" v[i].pc = RUN & v[i].mode = EXITING ==> begin v[i].mode := OUTSIDE; v[i].pc := E1; end;
  rule "CANCEL" v[i].pc = T1 & (v[i].hr = OFF | v[i].hr = ARMED) ==> begin v[i].hr := OFF; v[i].pc := T2; end;
  rule "CLEARPEND" v[i].pc = T2 ==> begin v[i].pend := 0; v[i].pc := T3; end;
  rule "ARM" v[i].pc = T3 ==> begin v[i].gen := v[i].gen + 1; v[i].hr := ARMED; v[i].pc := E1; end;
  rule "HALTCHECK" v[i].pc = HC ==> begin
    if v[i].unb = 1 | v[i].pend > 0 | v[i].irrT = 1 | v[i].irrI = 1 | v[i].on = 1 | v[i].evt = 1
    then v[i].unb := 0; v[i].pc := E1;
    else v[i].mode := BLOCKED; v[i].pc := BLK;
    end;
  end;
  rule "ENT1" v[i].pc = E1 ==> begin v[i].unb := 0; v[i].evt := 0; v[i].pc := E2; end;
  rule "ENT2" v[i].pc = E2 ==> begin
    if v[i].pend > 0 then
      v[i].pend := 0;
      if apicv = 1 then v[i].pirT := 1; v[i].on := 1; else v[i].irrT := 1; end;
    end;
    v[i].pc := E3;
  end;
  rule "ENT3" v[i].pc = E3 ==> begin v[i].mode := GUEST; v[i].pc := E4; end;
  rule "ENT4" v[i].pc = E4 ==> begin if v[i].on = 1 then sync(i); end; v[i].pc := E5; end;
  rule "ENT5" v[i].pc = E5 ==> begin
    if v[i].mode = EXITING | v[i].unb = 1 | v[i].evt = 1
    then v[i].mode := OUTSIDE; v[i].pc := E1;
    else v[i].pc := RUN;
    end;
  end;
  rule "EXPIRE" v[i].hr = ARMED ==> begin v[i].hr := FIRE; end;
  rule "CB1" v[i].hr = FIRE ==> begin
    if apicv = 1 & HK = 1 & v[i].mode = GUEST
    then v[i].pirT := 1; v[i].hr := POST;
    else
      if v[i].pend < 2 then v[i].pend := v[i].pend + 1; end;
      v[i].hr := KICKING;
    end;
  end;
  rule "CBPOST" v[i].hr = POST ==> begin v[i].on := 1; v[i].hr := OFF; wake(i); end;
  rule "CBKICK" v[i].hr = KICKING ==> begin v[i].unb := 1; v[i].hr := OFF; kick(i); end;
end;

ruleset i: index; j: index do
  rule "IPI" i != j & runs(i) & quiet(i) & forall k: index do v[k].pirI = 0 & v[k].irrI = 0 end ==> begin
    v[j].pirI := 1;
    v[j].on := 1;
    if apicv = 1 then wake(j); else v[j].evt := 1; kick(j); end;
  end;
end;

rule "TOGGLE"
  forall k: index do (v[k].pc = E1 | v[k].pc = BLK) & (v[k].hr = OFF | v[k].hr = ARMED) end ==> begin
  apicv := 1 - apicv;
  for k: index do if v[k].pc = E1 then v[k].evt := 1; end; end;
end;

invariant "sound" forall i: index do
  ((v[i].mode = GUEST | v[i].mode = EXITING) = (v[i].pc = RUN | v[i].pc = E4 | v[i].pc = E5)) &
  ((v[i].mode = BLOCKED) = (v[i].pc = BLK)) &
  (v[i].pirI = 1 -> v[i].on = 1) &
  (v[i].mode = BLOCKED -> v[i].hr != OFF & v[i].on = 0 & v[i].irrT = 0 & v[i].irrI = 0 & v[i].unb = 0 & v[i].evt = 0 &
    (v[i].pend = 0 | v[i].hr = KICKING))
end;
