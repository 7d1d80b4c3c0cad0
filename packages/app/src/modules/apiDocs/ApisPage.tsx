import {
  EntityKindPicker,
  EntityLifecyclePicker,
  EntityOwnerPicker,
  EntityTagPicker,
  EntityTypePicker,
  UserListPicker,
} from '@backstage/plugin-catalog-react';
import { CatalogPage } from '../catalog/CatalogPage';

/** All APIs, in the list of the catalog. */
export function ApisPage() {
  return (
    <CatalogPage
      title="APIs"
      filters={
        <>
          <EntityKindPicker initialFilter="api" hidden />
          <EntityTypePicker />
          <UserListPicker initialFilter="all" />
          <EntityOwnerPicker />
          <EntityLifecyclePicker />
          <EntityTagPicker />
        </>
      }
    />
  );
}
