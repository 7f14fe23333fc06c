// The tdx-timer benchmark as fast as it is known how: the limit that checkers are measured against. A vCPU's words are
// numbered, what it does alone is a list of changes to its number, what it does with others hangs on a few flags; visited
// states are bits, probed in batches. Breadth first, exact, no parents kept.
// Build: g++ -std=c++17 -O3 -march=native -DN=3 -DG=1 -DHK=1 -DTHREADS=1 tdx-timer-limit.cpp -lpthread
#include "tdx-timer-vcpu.h"
#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <sys/mman.h>
#include <thread>
#include <unordered_map>
#include <vector>

/** What there is to know of a vCPU by its number: a change is xor-ed to the number. */
struct Changes {
  u32 count = 0;
  u32 by[6];
};
enum Flag : u32 { FREE = 1, TOGGLES = 2, SENDS = 4, BROKEN = 8 };
static std::vector<u32> words;
static std::vector<Changes> own[2];
static std::vector<u32> sent[2], toggle, flags;

/** Numbers the words that a vCPU can have, whatever reaches it, in the order in which they are found. */
static void learn() {
  std::unordered_map<u32, u32> numbers;
  auto number = [&](u32 word) {
    auto [at, isNew] = numbers.emplace(word, words.size());
    if (isNew) words.push_back(word);
    return at->second;
  };
  number(initial());
  for (u32 id = 0; id < words.size(); id++) {
    u32 v = words[id];
    for (int apicv = 0; apicv < 2; apicv++) {
      Changes made;
      ownRules(v, apicv, [&](u32 next) {
        if (made.count == 6) std::abort();
        made.by[made.count++] = number(next) ^ id;
      });
      own[apicv].push_back(made);
      sent[apicv].push_back(N > 1 && ipiFree(v) ? number(sentTo(v, apicv)) ^ id : 0);
    }
    toggle.push_back(letsToggle(v) ? number(toggled(v)) ^ id : 0);
    flags.push_back((ipiFree(v) ? FREE : 0) | (letsToggle(v) ? TOGGLES : 0) | (quietGuest(v) ? SENDS : 0) |
                    (sound(v) ? 0 : BROKEN));
  }
}

/** Room for numbers that takes no memory until it is used. */
template <class T> static T *room(size_t count) {
  void *at = mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) std::abort();
  return static_cast<T *>(at);
}

struct List {
  u32 *at;
  size_t count = 0;
};

/** States expanded before their successors are looked up, and the most successors that one may have. */
constexpr int BATCH = 512, MOST = 6 * N + N * N + 1;

/** B bits for each vCPU's number, and one for APICv: the address of a state's bit is the state. */
template <int B> struct Search {
  static constexpr u32 MASK = (1u << B) - 1, APICV = 1u << (B * N);
  u64 *visited = room<u64>((size_t(APICV) * 2 + 63) / 64);
  pthread_barrier_t barrier;
  size_t states = 0, transitions[THREADS] = {}, found[THREADS] = {};
  bool broken[THREADS] = {};
  List level[THREADS], next[THREADS], box[THREADS][THREADS];
  int depth = 0;

  /** A word of 64 bits is one thread's alone. */
  static int owner(u32 s) { return THREADS == 1 ? 0 : __builtin_popcount(s >> 6) % THREADS; }

  static u32 *expand(u32 s, u32 *out, u32 &any) {
    const bool apicv = s & APICV;
    u32 id[N], all = ~0u;
    for (int i = 0; i < N; i++) {
      id[i] = (s >> (B * i)) & MASK;
      all &= flags[id[i]];
      any |= flags[id[i]];
    }
    for (int i = 0; i < N; i++) {
      const Changes &mine = own[apicv][id[i]];
      for (u32 k = 0; k < mine.count; k++) *out++ = s ^ (mine.by[k] << (B * i));
    }
    if (all & FREE)
      for (int i = 0; i < N; i++)
        if (flags[id[i]] & SENDS)
          for (int j = 0; j < N; j++)
            if (j != i) *out++ = s ^ (sent[apicv][id[j]] << (B * j));
    if (all & TOGGLES) {
      u32 t = s ^ APICV;
      for (int i = 0; i < N; i++) t ^= toggle[id[i]] << (B * i);
      *out++ = t;
    }
    return out;
  }

  /** Appends those of some states that are new. */
  void look(const u32 *from, size_t count, List &to) {
    u32 *at = to.at + to.count;
    constexpr size_t AHEAD = 16;
    for (size_t k = 0; k < count; k++) {
      if (k + AHEAD < count) __builtin_prefetch(&visited[from[k + AHEAD] >> 6], 1);
      const u32 s = from[k];
      u64 &word = visited[s >> 6];
      const u64 bit = u64(1) << (s & 63);
      *at = s;
      at += (word & bit) == 0;
      word |= bit;
    }
    to.count = at - to.at;
  }

  void run(int me) {
    std::vector<u32> buffer(BATCH * MOST), mine(BATCH * MOST);
    u32 any = 0;
    for (;;) {
      List &from = level[me], &to = next[me];
      to.count = 0;
      for (size_t first = 0; first < from.count; first += BATCH) {
        const size_t end = from.count < first + BATCH ? from.count : first + BATCH;
        u32 *out = buffer.data();
        for (size_t k = first; k < end; k++) out = expand(from.at[k], out, any);
        const size_t count = out - buffer.data();
        transitions[me] += count;
        if (THREADS == 1) {
          look(buffer.data(), count, to);
          continue;
        }
        size_t kept = 0;
        for (size_t k = 0; k < count; k++) {
          const int whose = owner(buffer[k]);
          if (whose == me) mine[kept++] = buffer[k];
          else box[me][whose].at[box[me][whose].count++] = buffer[k];
        }
        look(mine.data(), kept, to);
      }
      if (THREADS > 1) pthread_barrier_wait(&barrier);
      for (int other = 0; other < THREADS; other++) {
        if (other == me) continue;
        look(box[other][me].at, box[other][me].count, to);
        box[other][me].count = 0;
      }
      found[me] += to.count;
      if (THREADS > 1) pthread_barrier_wait(&barrier);
      size_t more = 0;
      for (const List &one : next) more += one.count;
      if (THREADS > 1) pthread_barrier_wait(&barrier);
      std::swap(from.at, to.at);
      from.count = to.count;
      broken[me] = any & BROKEN;
      if (more == 0) return;
      if (me == 0) depth++;
    }
  }

  int main() {
    pthread_barrier_init(&barrier, nullptr, THREADS);
    for (int me = 0; me < THREADS; me++) {
      level[me].at = room<u32>(size_t(APICV) * 2);
      next[me].at = room<u32>(size_t(APICV) * 2);
      for (List &one : box[me]) one.at = THREADS == 1 ? nullptr : room<u32>(size_t(APICV) * 2);
    }
    const u32 start = APICV; // the initial word is number 0
    look(&start, 1, level[owner(start)]);
    std::vector<std::thread> others;
    for (int me = 1; me < THREADS; me++) others.emplace_back([this, me] { run(me); });
    run(0);
    for (std::thread &one : others) one.join();
    u64 states = 1, taken = 0;
    for (int me = 0; me < THREADS; me++) {
      if (broken[me]) return std::printf("invariant broken\n"), 1;
      states += found[me];
      taken += transitions[me];
    }
    std::printf("states %llu transitions %llu depth %d\n", (unsigned long long)states, (unsigned long long)taken, depth);
    return 0;
  }
};

/** Searches with as many bits for a number as there have to be. */
template <int B> static int searched() {
  if constexpr (B * N < 32) {
    if (words.size() <= size_t(1) << B) return Search<B>().main();
    return searched<B + 1>();
  }
  return std::printf("%zu words of a vCPU are more than are provided for\n", words.size()), 2;
}

int main() {
  learn();
  return searched<7>();
}
