/** Brokers of messages: consumers that lose their place, messages that are too large or of another shape. */
import { either } from '../../../base/patterns';
import { troublesIn } from './match-symptoms';
import type { ClueReader, Symptom } from './types';

const TROUBLE: readonly Symptom[] = [
  {
    pattern:
      /rebalanc|CommitFailed|LeaveGroup|poll timeout|max\.poll|not part of an active group|session timed out.{0,40}(?:consumer|member|group)|heartbeat.{0,30}(?:fail|expired|timed? ?out)|delivery acknowledgement timed out|consumer_timeout/i,
    says: 'a consumer loses its place',
    about:
      /poll|session_?\.?timeout|heartbeat|batch|prefetch|records|group|concurren|partition|assign|ack|rebalance|consumer/i,
    chiefly: /poll|session\.?timeout|heartbeat|prefetch|consumer_?timeout/i,
  },
  {
    pattern:
      /RecordTooLarge|Message(?:Size)?TooLarge|message (?:size )?(?:is )?too large|max\.(?:message|request)\.(?:bytes|size)|larger than max|exceeds? the maximum message/i,
    says: 'a message is too large',
    about: /max_?\.?(?:message|request|fetch|receive|send)|bytes|size|limit|compress|batch/i,
    chiefly: /max\.?_?(?:message|request|fetch|receive)|bytes/i,
    worse: 'smaller',
  },
  {
    pattern: either(
      /Avro\w*Exception|schema .{0,80}(?:incompatible|compatib)|incompatible schema|SchemaRegistry/i,
      /InvalidProtocolBuffer|protobuf.{0,60}(?:parse|missing|unknown)|Failed to deserialize/i,
      /Deserialization(?:Exception|Error)|SerializationException|Unrecognized field|JsonMappingException/i,
      /cannot deserialize|unexpected (?:token|wire type)/i,
    ),
    says: 'a message has another shape than is expected',
    about:
      /schema|field|default|required|optional|type|record|enum|message|reserved|compatib|version|serial|json|proto|avro|nullable/i,
    chiefly: /schema|field|required|optional|compatib|serializer/i,
  },
  {
    pattern:
      /NOT_ENOUGH_REPLICAS|NotEnoughReplicas|min\.insync|LEADER_NOT_AVAILABLE|UNKNOWN_TOPIC|unknown topic|no queue '|NOT_FOUND - no (?:queue|exchange)|PRECONDITION_FAILED/i,
    says: 'a topic or a queue is not as it is expected',
    about: /topic|queue|exchange|replica|insync|partition|durable|exclusive|auto_?delete|x-|arguments|ttl|routing/i,
  },
];
const NAMED =
  /\b(?:member|group|topic|queue|exchange|subject|consumer)\b["']?\s*[=:]?\s*["'`]?([a-z][\w.-]{2,80}?)(?:-\d+)?(?=["'`\s,;:]|$)/gi;
const WORDS: ReadonlySet<string> = new Set(
  'is was for are and has not the that poll group member leader coordinator rebalanced lag offset commit sending timeout'.split(
    ' ',
  ),
);

export const streams: ClueReader = (lines) =>
  troublesIn(lines, TROUBLE, (line) =>
    [...line.matchAll(NAMED)].map(([, name = '']) => name).filter((name) => !WORDS.has(name.toLowerCase())),
  );
