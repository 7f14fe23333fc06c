import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageReport } from "../report/page/page-report.ts";
import type { Finder } from "./finder.ts";
import { questionAbout, questionIn, searchOf } from "./question.ts";
import { QuestionForm, type FileWorld } from "./question-form.tsx";
import { Report } from "./report.tsx";
import { Space } from "./space.ts";
import { startLive } from "./worker/live.ts";
import type { Ask, PageQuestion, Said } from "./worker/messages.ts";

/** How far a search has come, in words. */
const progressText = ({ states, transitions, depth, seconds }: Said & { readonly say: "progress" }): string =>
  `${states.toLocaleString("en")} states, ${transitions.toLocaleString("en")} transitions, depth ${depth}, ${seconds.toFixed(1)} s`;

type Offered = Said & { readonly say: "worlds" };

/** What was found, and the states of its worlds, which grow. */
interface Result {
  readonly report: PageReport;
  readonly spaces: readonly Space[];
}

/** The page that explores: a question, its progress, and the report on it, whose runs can be walked on from anywhere. */
export const Explorer = ({ worker }: { readonly worker: string }) => {
  const [offered, setOffered] = useState<Offered>();
  const [added, setAdded] = useState<FileWorld>();
  const [question, setQuestion] = useState<PageQuestion>();
  const [result, setResult] = useState<Result>();
  const [progress, setProgress] = useState("");
  const [busy, setBusy] = useState<"search" | "look" | "">("");
  const [error, setError] = useState("");
  const [, setGrown] = useState(0);
  const spaces = useRef<readonly Space[]>([]);
  const tell = useRef<(asked: Ask) => void>(() => undefined);

  const explore = (asked: PageQuestion): void => {
    setBusy("search");
    setError("");
    setProgress("");
    history.replaceState(null, "", `${searchOf(asked)}${location.hash}`);
    tell.current({ ask: "explore", question: asked });
  };
  const hear = (said: Said): void => {
    if (said.say === "worlds") {
      const asked = questionIn(location.search);
      setOffered(said);
      setQuestion(asked ?? questionAbout(said.worlds[0].name));
      if (asked === undefined) return;
      if (asked.file !== null) tell.current({ ask: "file", file: asked.file });
      explore(asked);
    } else if (said.say === "file") {
      setError("");
      setAdded({ file: said.file, world: said.world });
      setQuestion((before) =>
        before?.file?.text === said.file.text && before.world === said.world.name
          ? before
          : questionAbout(said.world.name, said.file),
      );
    } else if (said.say === "progress") setProgress(progressText(said));
    else if (said.say === "report") {
      spaces.current = said.report.spaces.map((data) => new Space(data, said.report));
      setResult({ report: said.report, spaces: spaces.current });
      setBusy("");
    } else if (said.say === "growth") {
      spaces.current[said.space].add(said.growth);
      setGrown((n) => n + 1);
      if (!said.more) setBusy("");
    } else {
      setError(said.message);
      setBusy("");
    }
  };
  useEffect(() => {
    tell.current = startLive(worker, hear);
    tell.current({ ask: "worlds" });
  }, []);

  const finder: Finder = useMemo(
    () => ({
      looking: busy !== "",
      look: (space, place) => {
        setBusy("look");
        tell.current({ ask: "look", space, place });
      },
      grow: (space, most) => {
        setBusy("look");
        tell.current({ ask: "grow", space, most });
      },
    }),
    [busy],
  );
  if (offered === undefined || question === undefined)
    return (
      <main>
        <h1>Explore</h1>
        <p role="status">{error === "" ? "The checker is loading..." : error}</p>
      </main>
    );
  const change = (asked: PageQuestion): void => setQuestion(asked);
  const begin = (): void => {
    history.replaceState(null, "", "#");
    dispatchEvent(new HashChangeEvent("hashchange"));
    explore(question);
  };
  return (
    <>
      <header>
        <h1>{offered.program}</h1>
        <p class="dim">version {offered.version}; the whole checker runs in this page</p>
      </header>
      <main>
        <QuestionForm
          worlds={offered.worlds}
          added={added}
          open={(file) => tell.current({ ask: "file", file })}
          question={question}
          change={change}
          explore={begin}
          stop={() => tell.current({ ask: "stop" })}
          isSearching={busy === "search"}
        />
        <p role="status" id="progress">
          {busy === "search" ? `Exploring: ${progress}` : ""}
        </p>
        {error === "" ? null : (
          <pre class="warning" role="alert">
            {error}
          </pre>
        )}
        {result === undefined || busy === "search" ? null : (
          <Report report={result.report} spaces={result.spaces} finder={finder} />
        )}
      </main>
    </>
  );
};
