import type { Rng } from '@tino/learn';
import { pick, pickWeighted } from '../chance.js';
import { dateText, dayOf } from '../dates.js';
import type { Cell } from '../simulator.js';

const given = 'Ana Bruno Carla Diego Elisa Fábio Gabriela Heitor Isabel João Karina Lucas'
  .concat(' Marina Nelson Olívia Paulo Renata Sérgio Tânia Vítor')
  .split(' ');
const family = 'Almeida Barbosa Cardoso Dias Esteves Ferreira Gomes Lima Moreira Nunes'
  .concat(' Oliveira Pereira Ramos Santos Teixeira Vieira')
  .split(' ');
const cities: [city: string, weight: number][] = [
  ['São Paulo', 8],
  ['Rio de Janeiro', 5],
  ['Belo Horizonte', 4],
  ['Curitiba', 3],
  ['Salvador', 3],
  ['Recife', 2],
  ['Porto Alegre', 2],
];

export const personColumns = 'customer_id name email cpf phone birth_date city'.split(' ');

/** An invented person; the e-mail's domain is reserved (RFC 2606) and reaches no one. */
export function person(id: number, rng: Rng): Cell[] {
  const names = [pick(given, rng), pick(family, rng), pick(family, rng)];
  const email = `${plain(`${names[0]}.${names[2]}`)}.${id}@example.com`;
  const born = dayOf('1950-01-01') + rng.below(20_000);
  const phone = `(${11 + rng.below(80)}) 9${digits(4, rng)}-${digits(4, rng)}`;
  const city = pickWeighted(cities, rng);
  return [id, names.join(' '), email, cpf(rng), phone, dateText(born), city];
}

/** A CPF with right check digits (modulus 11 over weights 10…2 and 11…2), of no one in particular. */
export function cpf(rng: Rng): string {
  const body = Array.from({ length: 9 }, () => rng.below(10));
  body.push(checkDigit(body));
  body.push(checkDigit(body));
  const text = body.join('');
  return `${text.slice(0, 3)}.${text.slice(3, 6)}.${text.slice(6, 9)}-${text.slice(9)}`;
}

export function checkDigit(body: number[]): number {
  const sum = body.reduce((total, digit, i) => total + digit * (body.length + 1 - i), 0);
  return ((sum * 10) % 11) % 10;
}

const digits = (n: number, rng: Rng) => String(rng.below(10 ** n)).padStart(n, '0');

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
