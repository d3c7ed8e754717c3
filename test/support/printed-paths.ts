/** One line of a printed tree of routes: what indents it, its step, and the methods in brackets if it is a route. */
const LINE = /^((?:│ {3}| {4})*)[├└]── (\S*)( \(.+\))?$/;

/** Parameters of a step: routes that share it may each have a name of their own for it, as `:version|:from`. */
const PARAMETER = /:\w+(?:\|:\w+)*/g;

/**
 * The paths of a tree of routes as Fastify prints it (`printRoutes`, without common prefixes). Every parameter is called `:any`, because
 * the tree does not tell which name belongs to which route.
 */
export const printedPaths = (tree: string): readonly string[] => {
  const steps: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const match = LINE.exec(line);
    if (match === null) return [];
    const [, indent = '', step = '', methods] = match;
    steps.length = indent.length / 4;
    steps.push(step);
    return methods === undefined ? [] : [steps.join('').replace(PARAMETER, ':any')];
  });
};
