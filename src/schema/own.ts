/** What an object has of its own under a name, whatever the name is: `constructor` and `__proto__` only if they were put there. */
export const own = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;
