import type { BinaryProgram, Solver } from '@tino/learn';

/** HiGHS (Huangfu and Hall, 2018) as the engine's solver; its WASM is loaded at the first question. */
export const highsSolver: Solver = {
  async maximise(program) {
    const highs = await import('highs');
    // Its types are of a CommonJS module, what Node loads is the ES module.
    const load = highs.default as unknown as typeof highs.default.default;
    const { Status: status, Columns: columns } = (await load()).solve(linearProgramText(program), {
      presolve: 'on',
      output_flag: false,
      mip_rel_gap: 0,
    });
    if (status === 'Infeasible') return 'infeasible';
    if (status !== 'Optimal') throw new Error(`the solver ended with ${status}`);
    return Float64Array.from(program.objective, (_, variable) =>
      'Primal' in columns[`x${variable}`]! ? columns[`x${variable}`]!.Primal! : 0,
    );
  },
};

/** The CPLEX LP format. */
export function linearProgramText({ objective, constraints }: BinaryProgram): string {
  const sum = (variables: ArrayLike<number>, coefficients: ArrayLike<number>) =>
    Array.from(variables)
      .map(
        (variable, i) =>
          `${coefficients[i]! < 0 ? '-' : '+'} ${digits(coefficients[i]!)} x${variable}`,
      )
      .join('\n ');
  const all = Array.from(objective, (_, variable) => variable);
  const rows = constraints.flatMap(({ variables, coefficients, lower, upper }, row) => {
    const left = sum(variables, coefficients);
    if (lower === upper) return [` c${row}: ${left} = ${lower}`];
    return [
      ...(lower > -Infinity ? [` l${row}: ${left} >= ${lower}`] : []),
      ...(upper < Infinity ? [` u${row}: ${left} <= ${upper}`] : []),
    ];
  });
  return [
    'Maximize',
    ` obj: ${sum(all, objective)}`,
    'Subject To',
    ...rows,
    'Binary',
    ...all.map((variable) => ` x${variable}`),
    'End',
  ].join('\n');
}

const digits = (value: number) => Math.abs(value).toPrecision(15);
