const cell = new Int32Array(new SharedArrayBuffer(4));
const meeting = ["add", "sub", "store", "compareExchange", "notify"] as const;
type Tell = (...told: unknown[]) => unknown;
const plain = Object.fromEntries(meeting.map((name) => [name, Atomics[name] as Tell]));
const { wait } = Atomics;

/** Takes a random time, some milliseconds at most, with a certain chance. */
export const pause = (chance: number, most: number): void => {
  if (Math.random() < chance) wait(cell, 0, 0, most * Math.random());
};

/**
 * Makes this thread late with a certain chance wherever it tells others something: what is taken, done, new or met; before
 * it does or afterwards.
 */
export const disturb = (chance: number): void => {
  for (const name of meeting) {
    const tell = plain[name];
    Object.assign(Atomics, {
      [name]: (...told: unknown[]) => {
        pause(chance / 2, 1);
        const answer = tell(...told);
        pause(chance / 2, 1);
        return answer;
      },
    });
  }
};
