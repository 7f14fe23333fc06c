/** The actors of a run, each once, in the order of their names with numbers in numeric order: CPU0 is left of CPU1. */
export const actorsOf = (actors: readonly string[]): readonly string[] =>
  [...new Set(actors)].toSorted((a, b) => {
    const [nameA, nameB] = [a.replace(/\d+$/, ""), b.replace(/\d+$/, "")];
    if (nameA === nameB) return Number(a.slice(nameA.length)) - Number(b.slice(nameB.length));
    return nameA < nameB ? -1 : 1;
  });
