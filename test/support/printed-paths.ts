/** One line of a printed tree of routes: what indents it, its step, and the methods in brackets if it is a route. */
const LINE = /^((?:│ {3}| {4})*)[├└]── (\S*)( \(.+\))?$/;

/** The paths of a tree of routes as Fastify prints it (`printRoutes`, without common prefixes). */
export const printedPaths = (tree: string): readonly string[] => {
  const steps: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const match = LINE.exec(line);
    if (match === null) return [];
    const [, indent = '', step = '', methods] = match;
    steps.length = indent.length / 4;
    steps.push(step);
    return methods === undefined ? [] : [steps.join('')];
  });
};
