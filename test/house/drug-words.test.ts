import { describe, expect, it } from 'vitest';
import { drugPattern, drugWordsIn } from './drug-words.js';
import { sourceFiles } from './source-files.js';

/** Everything in `src` that may speak of ketamine, beside the name of the product and prose in comments. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // Which rule set is meant where a request names none.
  'src/services/rule-sets.ts': ["'ketamine-pain'"],
  // What hooks are asked about: by which words and ingredients an order is one of the treatment, and which facts it can tell.
  'src/formats/cds/treatment.ts': [
    "'Ketamine'",
    '/k[eé]tamin|chetamin|quetamin|ketalar|spravato/i',
    "'totalDose'",
    "'bolusDose'",
    "'infusionRate'",
    "'ketamine-order-select'",
    "'Contraindications to ketamine, when it is chosen'",
    "'Screens a patient for contraindications before ketamine therapy for pain, as soon as ketamine or esketamine stands among the draft orders.'",
    "'ketamine-order-sign'",
    "'Contraindications to ketamine, before the order is signed'",
    "'Screens a patient for contraindications before ketamine therapy for pain, when an order for ketamine or esketamine is about to be signed.'",
    "'ketamine-patient-view'",
    "'Contraindications to ketamine, for whom it is planned'",
    "'Screens a patient whose record has an active or planned order for ketamine or esketamine, when the record is opened. Silent for everyone else.'",
  ],
  // What the product says that it is for, to those who ask for help or read its API description.
  'src/cli/main.ts': ["'Screens patients for contraindications before ketamine therapy for pain.'"],
  'src/http/openapi/document.ts': [
    "'Screens patients for contraindications before ketamine therapy for pain.'",
  ],
  // What FHIR calls what someone is allergic to.
  'src/formats/fhir/allergy.ts': ["'substance'", 'substance', 'substance'],
  // Types of resources of FHIR.
  'src/formats/fhir/resource-types.ts': [
    '/^Substance(?:NucleicAcid|Polymer|Protein|ReferenceInformation|SourceMaterial|Specification)?$/',
  ],
  // Examples of parameters in the API description.
  'src/http/openapi/parameters.ts': [
    "'ketamine-order-sign'",
    "'ketamine-pain'",
    "'hypertension-treat-first'",
    "'ketamine-pain'",
  ],
};

const files = sourceFiles();
const pattern = drugPattern();

describe('the engine knows nothing of ketamine', () => {
  it('but for a short list that says where and why', () => {
    const found = files.flatMap((file) => drugWordsIn(file, pattern));
    const byPath = Object.fromEntries(
      [...new Set(found.map(({ path }) => path))].map((path) => [
        path,
        found.filter((word) => word.path === path).map(({ text }) => text),
      ]),
    );
    expect(byPath).toEqual(ALLOWED);
  });

  it.each([
    "const drug = 'Ketamine';",
    'const isKetamine = true;',
    "const rule = 'active-psychosis';",
    'const fact = facts.bloodPressure;',
    'const test = /esketamine/;',
    'const text = `${x} before ketamine`;',
  ])('and the canary hears %s', (text) => {
    expect(drugWordsIn({ path: 'a.ts', text }, pattern)).toHaveLength(1);
  });

  it.each([
    "const name = 'ketamine-screening';",
    '// A rule about ketamine is only mentioned here.\nconst a = 1;',
    "const route = 'age';",
  ])('but not %j', (text) => {
    expect(drugWordsIn({ path: 'a.ts', text }, pattern)).toEqual([]);
  });
});
