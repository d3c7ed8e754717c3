import type { NativeAnswer } from './card-summary.js';
import { coded, escaped } from './markdown.js';

/** So many questions and remarks are read in a card; the decision has them all. */
const MOST_SHOWN = 8;

const VERDICTS: Readonly<Record<string, string>> = {
  eligible: 'Every rule that could object is known not to apply.',
  review: 'A clinician must weigh what follows. Nothing that is still unknown could change that.',
  incomplete: 'Not cleared: what is still unknown could change the verdict.',
  ineligible: 'Contraindicated, whatever else becomes known.',
};

const listOf = (head: string, items: readonly string[], most = MOST_SHOWN): readonly string[] => {
  if (items.length === 0) return [];
  const more = items.length > most ? [`- and ${items.length - most} more in the decision`] : [];
  return [`**${head}**`, [...items.slice(0, most).map((item) => `- ${item}`), ...more].join('\n')];
};

type Reason = NativeAnswer['reasons'][number];

const evidenceOf = ({ evidence }: Reason): string => {
  const tests = [...new Set(evidence.map(({ test }) => test))];
  return escaped(`Found: ${tests.join('; ')}.`);
};

const reasonIn = (reason: Reason): string =>
  [
    `**${escaped(reason.title)}** (${coded(reason.rule)}).`,
    escaped(reason.explanation),
    evidenceOf(reason),
    escaped(reason.action),
  ].join(' ');

const missingIn = ({ question, fact, reason }: NativeAnswer['missing'][number]): string =>
  `${escaped(question)} (${coded(fact)}, ${coded(reason)})`;

const remarkIn = ({ detail, pointer }: NativeAnswer['dataQuality'][number]): string =>
  `${escaped(detail)} (${coded(pointer)})`;

const endOf = ({ validUntil, id, ruleSet, notice }: NativeAnswer): readonly string[] => [
  ...(validUntil === null ? [] : [`This holds until ${escaped(validUntil)}; screen again after that.`]),
  `Decision ${coded(id)}, by ${coded(`${ruleSet.id} ${ruleSet.version}`)}, ${escaped(ruleSet.approval)}.`,
  `*${escaped(notice)}*`,
];

const ofSeverity = (answer: NativeAnswer, severity: string): readonly string[] =>
  answer.reasons.filter((reason) => reason.severity === severity).map(reasonIn);

/** The answer in GitHub-flavoured Markdown. Reasons are never left out; of questions, remarks and precautions the first ones are shown. */
export const detailOf = (answer: NativeAnswer): string =>
  [
    VERDICTS[answer.verdict] ?? '',
    ...listOf('Contraindications', ofSeverity(answer, 'absolute'), Infinity),
    ...listOf('To be weighed', ofSeverity(answer, 'relative'), Infinity),
    ...listOf('Missing', answer.missing.map(missingIn)),
    ...listOf(
      'With care',
      answer.precautions.map(({ title }) => escaped(title)),
    ),
    ...listOf('About the data', answer.dataQuality.map(remarkIn)),
    ...listOf('Codes that could not be placed', answer.unmapped.map(coded)),
    ...endOf(answer),
  ].join('\n\n');
