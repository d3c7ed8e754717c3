import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest, RouteGenericInterface } from 'fastify';
import { writeExportEnd, writeExportEntry, writeExportHead } from '../../formats/audit/write-export.js';
import { exportLog, type ExportAsked, type LogExport } from '../../services/export-log.js';
import type { JsonObject } from '../../values/json.js';
import { problemOf } from '../answer-errors.js';
import type { AppContext } from '../app-context.js';
import { positionIn, sizeIn } from '../log-size.js';
import { NDJSON, type Media } from '../media-types.js';
import { recordRead } from '../../services/record-read.js';
import { documented } from '../openapi/operation.js';
import { principalOf } from '../principal.js';
import { Problem, urnOf } from '../problem.js';
import { readQuery } from '../query.js';
import { EXPORT_LOG } from './export-operation.js';

const line = (value: JsonObject): string => `${JSON.stringify(value)}\n`;

type Exporting = { readonly asked: ExportAsked; readonly exported: LogExport; readonly requestId: string };

/** The lines of an export. What ends it early is told in its last line: the status was sent long before. */
async function* linesOf(
  { asked, exported: { checkpoint, entries }, requestId }: Exporting,
  context: AppContext,
): AsyncGenerator<string, void, void> {
  const { from, organisation } = asked;
  const count = { entries: 0, opened: 0 };
  yield line(
    writeExportHead({ origin: context.ports.signer.name, organisation, from, size: checkpoint.size }),
  );
  try {
    for await (const exported of entries) {
      if (context.stopping.aborted) throw new Problem('stopping');
      count.entries += 1;
      if (exported.entry !== null) count.opened += 1;
      yield line(writeExportEntry(exported));
    }
    yield line(writeExportEnd({ ...count, checkpoint: checkpoint.note, problem: null }));
  } catch (error) {
    const { type } = problemOf(error, requestId, context);
    yield line(writeExportEnd({ ...count, checkpoint: null, problem: urnOf(type) }));
  }
}

const askedIn = (request: FastifyRequest): ExportAsked => {
  const read = readQuery(request.query, ['from', 'size']);
  return {
    organisation: principalOf(request).organisation,
    from: positionIn(read, 'from'),
    size: sizeIn(read, 'size'),
  };
};

/** `GET /audit/export`: the log, a line an entry, as fast as it is read. */
export const exportRoutes = (app: FastifyInstance, context: AppContext): void => {
  const config: Media = { takes: ['json'], sends: [NDJSON, 'application/problem+json'] };
  app.get<RouteGenericInterface, Media>(
    '/audit/export',
    { schema: documented(EXPORT_LOG), config },
    async (request, reply) => {
      if (context.stopping.aborted) throw new Problem('stopping');
      const asked = askedIn(request);
      const exported = await exportLog(asked, context.ports);
      if (exported === null) throw new Problem('no-such-size');
      const told = { from: asked.from, size: exported.checkpoint.size };
      const principal = principalOf(request);
      await recordRead({ principal, operation: EXPORT_LOG.operationId, told }, context.ports);
      const lines = linesOf({ asked, exported, requestId: request.id }, context);
      return reply.type(NDJSON).send(Readable.from(lines));
    },
  );
};
