import type { PageCoverage } from "../report/page/page-report.ts";

const Row = ({ name, fired, newStates }: PageCoverage) => (
  <tr class={fired === 0 ? "never" : ""}>
    <th scope="row">{name}</th>
    <td>{fired === 0 ? "never" : fired.toLocaleString("en")}</td>
    <td>{newStates.toLocaleString("en")}</td>
  </tr>
);

/** How often each action was taken, those that never were first and in plain sight. */
export const Coverage = ({ actions }: { readonly actions: readonly PageCoverage[] }) => {
  const never = actions.filter(({ fired }) => fired === 0);
  return (
    <section aria-label="Coverage">
      <h2>Actions</h2>
      {never.length === 0 ? (
        <p>Every one of the {actions.length} actions was taken.</p>
      ) : (
        <>
          <p>
            <strong>
              {never.length} of {actions.length} never taken:
            </strong>
          </p>
          <ul class="names">
            {never.map(({ name }) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>How often each was taken</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">action</th>
              <th scope="col">taken</th>
              <th scope="col">states first reached by it</th>
            </tr>
          </thead>
          <tbody>
            {actions.map((action) => (
              <Row key={action.name} {...action} />
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
};
