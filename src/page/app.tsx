import { useMemo } from "preact/hooks";
import type { PageReport } from "../report/page/page-report.ts";
import { Report } from "./report.tsx";
import { Space } from "./space.ts";

/** A report that does not change. */
export const Page = ({ report }: { readonly report: PageReport }) => {
  const spaces = useMemo(() => report.spaces.map((data) => new Space(data, report)), [report]);
  const [world, ...more] = report.worlds;
  return (
    <>
      <header>
        <h1>
          {report.program} {report.command}
          {world !== undefined && more.length === 0 ? <span class="dim"> {world.name}</span> : null}
        </h1>
        <p class="dim">version {report.version}</p>
      </header>
      <main>
        <Report report={report} spaces={spaces} />
      </main>
    </>
  );
};
