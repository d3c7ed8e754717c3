import type { JsonObject } from '../../values/json.js';
import type { NativeAnswer } from './card-summary.js';

/** So many sources are linked; the decision names all of them. */
const MOST_SOURCES = 3;

const absolute = (label: string, url: string): JsonObject => ({ label, url, type: 'absolute' });

const sourcesOf = ({ reasons }: NativeAnswer): readonly JsonObject[] => {
  const titles = new Map(
    reasons.flatMap(({ citations }) =>
      citations.flatMap(({ url, title }) =>
        url?.startsWith('https://') === true ? [[url, title] as const] : [],
      ),
    ),
  );
  return [...titles].slice(0, MOST_SOURCES).map(([url, title]) => absolute(title, url));
};

/**
 * Where to read on: the decision, the version that made it, and the sources of its reasons.
 * @param base the address under which the service is reached from elsewhere, without a slash at its end
 */
export const linksOf = (answer: NativeAnswer, base: string): readonly JsonObject[] => {
  const { id, version } = answer.ruleSet;
  return [
    absolute('The decision, with every rule', `${base}/decisions/${answer.id}`),
    absolute('The rules and their evidence', `${base}/rules/${id}/versions/${version}`),
    ...sourcesOf(answer),
  ];
};
