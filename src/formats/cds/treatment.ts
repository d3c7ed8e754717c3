/** The treatment that hooks are asked about, in a word for people. */
export const TREATMENT_NAME = 'Ketamine';

/** The ingredients (RxNorm) of which an order counts as one of the treatment: the drug, and its S-enantiomer. */
export const TREATMENT_INGREDIENTS: readonly string[] = ['6130', '2119365'];

/** Names by which an order in plain words counts too: in English, German, French, Spanish and Italian, and the brands of both ingredients. */
const NAMES = /k[eé]tamin|chetamin|quetamin|ketalar|spravato/i;

/**
 * Whether words name the treatment. It only ever makes an order be screened that would not be: where the words are of something else, such as a
 * metabolite, the answer is a card too many. It reads no fact of a patient.
 */
export const namesTreatment = (words: string): boolean => NAMES.test(words.normalize('NFC'));

/** The facts that an order can tell of its dose, each with the unit (UCUM) that the dose must be stated in. */
export const DOSE_FACTS = {
  whole: { fact: 'totalDose', unit: 'mg' },
  byWeight: { fact: 'bolusDose', unit: 'mg/kg' },
  rate: { fact: 'infusionRate', unit: 'mg/kg/h' },
} as const;

/** The hooks that are answered. */
export type HookName = 'order-select' | 'order-sign' | 'patient-view';

/** A CDS service: one hook under one id. */
export type HookService = {
  readonly id: string;
  readonly hook: HookName;
  readonly title: string;
  readonly description: string;
};

/** Every CDS service that there is. */
export const HOOK_SERVICES: readonly HookService[] = [
  {
    id: 'ketamine-order-select',
    hook: 'order-select',
    title: 'Contraindications to ketamine, when it is chosen',
    description:
      'Screens a patient for contraindications before ketamine therapy for pain, as soon as ketamine or esketamine stands among the draft orders.',
  },
  {
    id: 'ketamine-order-sign',
    hook: 'order-sign',
    title: 'Contraindications to ketamine, before the order is signed',
    description:
      'Screens a patient for contraindications before ketamine therapy for pain, when an order for ketamine or esketamine is about to be signed.',
  },
  {
    id: 'ketamine-patient-view',
    hook: 'patient-view',
    title: 'Contraindications to ketamine, for whom it is planned',
    description:
      'Screens a patient whose record has an active or planned order for ketamine or esketamine, when the record is opened. Silent for everyone else.',
  },
];

/** The service of an id; null where there is none. */
export const serviceOf = (id: string): HookService | null =>
  HOOK_SERVICES.find((service) => service.id === id) ?? null;
