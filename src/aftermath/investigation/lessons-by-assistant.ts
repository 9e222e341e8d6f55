/** What incidents show about each assistant and model: where everybody uses the same one, its failures coincide. */
import type { Contribution, FailureMode, Incident } from '../../policy/incidents';

interface AssistantLessons {
  readonly assistant: string;
  readonly model: string | null;
  /** Incidents with one of its commits among the suspects, by what people found out about that commit. */
  readonly incidents: Readonly<Record<Contribution, readonly string[]>>;
  readonly failureModes: Readonly<Partial<Record<FailureMode, number>>>;
  /** Lessons of the incidents that it contributed to. */
  readonly lessons: readonly { readonly incident: string; readonly message: string }[];
}

interface LessonsByAssistant {
  readonly assistants: readonly AssistantLessons[];
  readonly contributed: number;
  /** How many of these the most frequent assistant contributed to. */
  readonly concentration: { readonly assistant: string; readonly incidents: number } | null;
}

const STRONGEST: readonly Contribution[] = ['contributed', 'cannot-tell', 'did-not'];

export function lessonsByAssistant(incidents: readonly Incident[]): LessonsByAssistant {
  const all = new Map<
    string,
    {
      readonly assistant: string;
      readonly model: string | null;
      readonly of: Map<string, { readonly incident: Incident; contribution: Contribution }>;
    }
  >();
  for (const incident of incidents) {
    for (const suspect of incident.suspects) {
      for (const { assistant, model } of suspect.assistants) {
        const key = JSON.stringify([assistant, model]);
        const known = all.get(key) ?? {
          assistant,
          model,
          of: new Map<string, { readonly incident: Incident; contribution: Contribution }>(),
        };
        const before = known.of.get(incident.id);
        if (before === undefined || STRONGEST.indexOf(suspect.contribution) < STRONGEST.indexOf(before.contribution))
          known.of.set(incident.id, { incident, contribution: suspect.contribution });
        all.set(key, known);
      }
    }
  }
  const assistants = [...all.values()].map(({ assistant, model, of }): AssistantLessons => {
    const having = (contribution: Contribution): Incident[] =>
      [...of.values()].filter((one) => one.contribution === contribution).map(({ incident }) => incident);
    const contributed = having('contributed');
    const failureModes: Partial<Record<FailureMode, number>> = {};
    for (const { failureMode } of contributed)
      if (failureMode !== null) failureModes[failureMode] = (failureModes[failureMode] ?? 0) + 1;
    return {
      assistant,
      model,
      failureModes,
      incidents: {
        contributed: contributed.map(({ id }) => id),
        'cannot-tell': having('cannot-tell').map(({ id }) => id),
        'did-not': having('did-not').map(({ id }) => id),
      },
      lessons: contributed.flatMap(({ id, lessons }) => lessons.map(({ message }) => ({ incident: id, message }))),
    };
  });
  const byAssistant = new Map<string, Set<string>>();
  for (const {
    assistant,
    incidents: { contributed },
  } of assistants)
    for (const id of contributed) byAssistant.set(assistant, (byAssistant.get(assistant) ?? new Set<string>()).add(id));
  const most = [...byAssistant].sort(([, a], [, b]) => b.size - a.size)[0];
  return {
    assistants: assistants.sort(
      (a, b) =>
        b.incidents.contributed.length - a.incidents.contributed.length || a.assistant.localeCompare(b.assistant),
    ),
    contributed: new Set([...byAssistant.values()].flatMap((ids) => [...ids])).size,
    concentration: most === undefined ? null : { assistant: most[0], incidents: most[1].size },
  };
}
