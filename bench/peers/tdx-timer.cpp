// The tdx-timer benchmark by hand, as one writes it down. Breadth first, one thread, one
// probe at a time, exact. Build: g++ -std=c++17 -O3 -march=native -DN=3 -DG=1 -DHK=1 tdx-timer.cpp
#include "tdx-timer-vcpu.h"
#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>
#include <vector>

constexpr u64 APICV = u64(1) << (WIDTH * N);

static u32 vcpu(u64 s, int i) { return u32(s >> (WIDTH * i)) & VCPU; }
static u64 with(u64 s, int i, u32 from, u32 to) { return s ^ (u64(from ^ to) << (WIDTH * i)); }

static void fail(u64 s) {
  std::printf("invariant broken in %016llx\n", (unsigned long long)s);
  std::exit(1);
}

/** Calls `emit` with each successor of `s`, one for each enabled rule instance. */
template <class Emit> static void successors(u64 s, Emit emit) {
  bool apicv = s & APICV;
  bool ipifree = true, toggles = true;
  for (int i = 0; i < N; i++) {
    u32 v = vcpu(s, i);
    if (!ipiFree(v)) ipifree = false;
    if (!letsToggle(v)) toggles = false;
  }
  for (int i = 0; i < N; i++) {
    u32 v = vcpu(s, i);
    ownRules(v, apicv, [&](u32 next) { emit(with(s, i, v, next)); });
    if (!ipifree || !quietGuest(v)) continue;
    for (int j = 0; j < N; j++)
      if (j != i) emit(with(s, j, vcpu(s, j), sentTo(vcpu(s, j), apicv)));
  }
  if (toggles) {
    u64 t = s ^ APICV;
    for (int i = 0; i < N; i++) t = with(t, i, vcpu(s, i), toggled(vcpu(s, i)));
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
  for (int i = 0; i < N; i++) start |= u64(initial()) << (WIDTH * i);
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
