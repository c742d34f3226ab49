import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { csvOf, noteLeaving, parquetOf, type ExportTable } from '../serving/export.js';
import { fileSafe } from '../sources/tables.js';
import type { Room } from './room.js';

export const PARQUET = 'application/vnd.apache.parquet';

/** A list leaves the house: as a file, and with a line in the audit. */
export async function sendTable(
  { house, languageOf }: Pick<Room, 'house' | 'languageOf'>,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  table: ExportTable,
  { name, subject, format }: { name: string; subject: string; format: 'csv' | 'parquet' },
): Promise<never> {
  const { name: by } = request.principal;
  await noteLeaving(house, { by, action: 'export', subject, rows: table.count });
  reply.header('content-disposition', attached(`${name}.${format}`));
  const [type, body] =
    format === 'csv'
      ? ['text/csv; charset=utf-8', Readable.from(csvOf(table, languageOf(request)))]
      : [PARQUET, await parquetOf(house, table)];
  return reply.type(type).send(body as never) as never;
}

/** A header has no letters beyond ASCII: the name as it is, and one for clients that cannot read it (RFC 6266). */
export const attached = (file: string): string =>
  `attachment; filename="${fileSafe(file)}"; filename*=UTF-8''${encodeURIComponent(file)}`;
