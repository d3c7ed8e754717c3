import type { SentFact } from '../../rules/fact.js';
import type { ClaimsRead } from './claim.js';
import { factOfAnswer } from './response-fact.js';
import { listInResponse } from './response-list.js';
import { seriesInResponse } from './response-series.js';
import { answerTo, type Response } from './response.js';

/** What the answers of a response that count say of one fact. */
export const factInResponse = (fact: SentFact, response: Response): ClaimsRead => {
  const about = { fact, response };
  switch (fact.type) {
    case 'boolean':
    case 'code':
      return factOfAnswer(about, answerTo(response, fact.id));
    case 'number':
    case 'date':
      return factOfAnswer(about, answerTo(response, fact.id) ?? answerTo(response, `${fact.id}.unknown`));
    case 'codeList':
      return listInResponse({ fact, response });
    case 'series':
      return seriesInResponse({ fact, response });
  }
};
