import { useEffect, useRef, useState } from "preact/hooks";
import type { PageReport } from "../report/page/page-report.ts";
import type { Finder } from "./finder.ts";
import { Overview } from "./overview.tsx";
import { hashOf, placeOf, type Place } from "./place.ts";
import { RunView } from "./run-view.tsx";
import { shownAt } from "./shown.ts";
import type { Space } from "./space.ts";

/** Where the address says that one is. */
const usePlace = (): readonly [Place, (place: Place) => void] => {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const onHash = (): void => setPlace(placeOf(location.hash));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  // To go through the steps of one run leaves one entry in the history.
  const go = (next: Place): void => {
    history.replaceState(null, "", hashOf(next));
    setPlace(next);
  };
  return [place, go];
};

interface Asked {
  readonly report: PageReport;
  readonly spaces: readonly Space[];
  readonly finder?: Finder;
}

/** A report: its overview, or the run that the address names. */
export const Report = ({ report, spaces, finder }: Asked) => {
  const [place, go] = usePlace();
  const shown = shownAt(report, place);
  const view = shown === undefined ? "" : `${shown.world.name} ${shown.verdict?.name ?? ""}`;
  const before = useRef<string | undefined>(undefined);
  const title = `${report.program} ${report.command}`;
  useEffect(() => {
    document.title = shown?.verdict === undefined ? title : `${shown.verdict.name} - ${title}`;
    if (shown === undefined) scrollTo(0, 0);
    // Where a link has led is where the keys and a screen reader go on.
    if (before.current !== undefined && before.current !== view)
      document.querySelector<HTMLElement>("main h2[tabindex]")?.focus({ preventScroll: true });
    before.current = view;
  }, [view]);
  if (shown !== undefined)
    return (
      <RunView
        program={report.program}
        shown={shown}
        space={spaces[shown.run.space]}
        place={place}
        go={go}
        finder={finder}
      />
    );
  return (
    <>
      {place.property === undefined ? null : (
        <p class="warning" role="alert">
          There is no run of {place.property} here.
        </p>
      )}
      <Overview report={report} />
    </>
  );
};
