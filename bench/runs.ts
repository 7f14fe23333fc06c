/** How many runs `--runs` asks for. Ends the process with code 2 where that is no number of runs. */
export const runsOf = (text: string): number => {
  const runs = Number(text);
  if (Number.isInteger(runs) && runs >= 1) return runs;
  console.error(`--runs ${text} is no number of runs: give 1 or more, for example --runs 3`);
  process.exit(2);
};
