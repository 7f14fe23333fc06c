import { actionOf, propertyOf, type Note } from "#check";

/** What every property of a textbook model cites: the text it is from. */
interface Source {
  readonly source: string;
}

/** What every action of one cites: the text, and what is one step there. */
interface SourceOfAction extends Source {
  readonly atomic: string;
}

const actionNote = ({ source, atomic }: SourceOfAction): Note => ({
  cites: { source, atomic },
  facts: [
    ["read from", source],
    ["atomic by", atomic],
  ],
  whenReplayed: [`from ${source}`, `atomic: ${atomic}`],
});

const propertyNote = ({ source }: Source): Note => ({ cites: { source }, facts: [["said by", source]] });

/** Declares actions of a textbook model, each with the text it is from. */
export const textbookActionOf = <S>() => actionOf<S, SourceOfAction>(actionNote);

/** Declares properties of a textbook model, each with the text it is from. */
export const textbookPropertyOf = <S>() => propertyOf<S, Source>(propertyNote);
