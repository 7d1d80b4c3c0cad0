import type { JsonObject } from '@backstage/types';
import type { EntityItem, FactItem, ItemText, KeptTexts } from './batch';

/** Items of a text that a database has made. */
export const parsed = <T>(text: ItemText): T[] =>
  text === null ? [] : JSON.parse(`[${text}]`);

/** Entities and facts, read from their texts. */
export class KeptInputs {
  /** By number of the entity: as the catalog writes it. */
  readonly documents = new Map<number, JsonObject>();
  /** By number of the entity. */
  readonly placements = new Map<number, number>();
  /** By number of the entity. */
  readonly facts = new Map<number, FactItem[]>();

  static read(texts: KeptTexts): KeptInputs {
    const inputs = new KeptInputs();
    inputs.add(texts);
    return inputs;
  }

  private constructor() {}

  /** Adds entities, or facts of sources of which there are none yet. */
  add({ entities, facts }: KeptTexts): void {
    for (const [id, placement, document] of parsed<EntityItem>(entities)) {
      this.placements.set(id, placement);
      this.documents.set(id, document);
    }
    for (const item of parsed<FactItem>(facts)) {
      const own = this.facts.get(item[0]);
      if (own) own.push(item);
      else this.facts.set(item[0], [item]);
    }
  }
}
