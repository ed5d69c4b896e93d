import { Role } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../ui/field.tsx';

interface RoleBoxesProps {
  readonly legend: string;
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
}

/** The roles as boxes to tick, each with what it opens. */
export function RoleBoxes({ legend, roles, onChange }: RoleBoxesProps) {
  const { t } = useTranslation(['staff', 'common']);
  return (
    <fieldset>
      <legend>{legend}</legend>
      {Role.options.map((role) => (
        <Checkbox
          key={role}
          label={t(`common:role.${role}`)}
          hint={t(`may.${role}`)}
          checked={roles.includes(role)}
          onChange={(event) =>
            onChange(event.target.checked ? [...roles, role] : roles.filter((own) => own !== role))
          }
        />
      ))}
    </fieldset>
  );
}
