/** A scenario file with something of each kind. */
export const ofEachKind = `format: 1
name: many
about: A file with something of each kind
extends: kvm/timer
actions: KVM_CREATE_VCPU
guests: td
options:
  nohzFull: [off, on]
scope: { vcpu: 2 }
start: { from: running, then: ["guest_write_tmict(v=0, value=N)"] }
state:
  busy: bool
  "vcpu[].pc": [..., HERE]
change:
  - in: apic_timer_fn
    when: "!busy"
    without: vcpu[v].on
    set:
      vcpu[v].pc: "after.timer[v].pending > 0 ? HERE : vcpu[v].pc"
  - in: expired_request_unblock
    guard: threadAt(v, HERE) || busy
    without: vcpu[v].req.UNBLOCK
  - add: done
    like: guest_write_tmict(v=0)
    set:
      busy: "true"
switch:
  fix:
    about: whether it is repaired
    values:
      no: []
      yes:
        - in: guest_write_tmict
          when: vcpu[v].on
program:
  guest0:
    - { label: FIRST, do: guest_write_tmict }
properties:
  no-pending-timer-in-guest: any
  never-here:
    never: vcpu[0].pc == HERE
  first-comes:
    from: busy
    leadsTo: program.guest0.pc == FIRST
    fair: [strong done]
  step-by-step:
    when: action == done
    step: after.busy
    expect:
      - fix: yes
        is: holds
      - is: any
`;
