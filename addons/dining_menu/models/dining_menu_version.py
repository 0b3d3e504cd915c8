import hashlib
import json

from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.dining_rules.menu import Menu, public_view
from odoo.addons.dining_rules.refusals import Refusal
from odoo.tools import SQL, groupby

from ..snapshot_builder import SnapshotBuilder
from ..snapshot_cache import MenuSnapshot, snapshots

KEPT_VERSIONS = 20
TOUCHED = "dining_menu_touched"


class DiningMenuVersion(models.Model):
    """A store's menu as it stood: never edited; the last ones are kept to tell a phone what has changed."""

    _name = "dining.menu.version"
    _description = "Version of a store's menu"
    _order = "config_id, version desc"
    _rec_name = "version"
    _log_access = False

    config_id = fields.Many2one("pos.config", "Store", required=True, readonly=True, ondelete="cascade")
    version = fields.Integer(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True, help="SHA-256 of the snapshot without its version.")
    built_at = fields.Datetime("Built", required=True, readonly=True)
    public_body = fields.Text(required=True, readonly=True, help="What phones get: JSON.")
    private_body = fields.Text(required=True, readonly=True, help="What pricing reads: JSON.")

    _version_unique = models.Constraint("UNIQUE(config_id, version)", "A store has each version of its menu once.")

    @api.model
    def _touch(self):
        """Have the stores' menus built again before this transaction commits."""
        precommit = self.env.cr.precommit
        if not precommit.data.get(TOUCHED):
            precommit.data[TOUCHED] = True
            precommit.add(self._rebuild_touched)

    @api.model
    def _rebuild_touched(self):
        # The menu may have been read, and so built, since it was touched.
        if self._is_touched():
            self._rebuild()

    @api.model
    def _rebuild(self):
        """Build the menu of every store anew; a store whose menu came out the same keeps its version."""
        self.env.cr.precommit.data.pop(TOUCHED, None)
        env = api.Environment(self.env.cr, SUPERUSER_ID, {})
        stores = env["pos.config"].search([("is_dining", "=", True)], order="company_id, id")
        for company, configs in groupby(stores, key=lambda config: config.company_id):
            builder = SnapshotBuilder(env, company)
            for config in configs:
                env["dining.menu.version"]._record(config, builder.snapshot(config))

    @api.model
    def _is_touched(self):
        return bool(self.env.cr.precommit.data.get(TOUCHED))

    def _record(self, config, snapshot):
        """Write the snapshot as the store's newest version, unless it is the same as the present one."""
        digest = hashlib.sha256(_dump(snapshot).encode()).hexdigest()
        present = self._present(config.id)
        if present and present[1] == digest:
            return
        # The store's row is updated first: of two changes at once the later one fails here with a serialisation
        # error and is tried again by Odoo on top of the earlier, so neither is lost from the menu.
        self.env.cr.execute(
            SQL(
                """UPDATE pos_config SET dining_menu_version = COALESCE(dining_menu_version, 0) + 1,
                                     dining_menu_digest = %s
                WHERE id = %s RETURNING dining_menu_version""",
                digest,
                config.id,
            )
        )
        [version] = self.env.cr.fetchone()
        config.invalidate_recordset(["dining_menu_version", "dining_menu_digest"], flush=False)
        snapshot["version"] = version
        self.create(
            {
                "config_id": config.id,
                "version": version,
                "digest": digest,
                "built_at": fields.Datetime.now(),
                "public_body": _dump(public_view(snapshot)),
                "private_body": _dump(snapshot),
            }
        )
        self.search([("config_id", "=", config.id), ("version", "<=", version - KEPT_VERSIONS)]).unlink()

    @api.model
    def _present(self, config_id):
        """(version, digest) of the store's newest menu, or None; one statement."""
        self.env.cr.execute(
            SQL("SELECT dining_menu_version, dining_menu_digest FROM pos_config WHERE id = %s", config_id)
        )
        row = self.env.cr.fetchone()
        return row if row and row[0] else None

    @api.model
    def _snapshot(self, config_id, version, digest=None):
        """The snapshot of one version; no statement where this process has it and `digest` is given.

        :raises Refusal: menu_version_unknown
        """
        digest = digest or self._digest(config_id, version)
        key = (self.env.cr.dbname, config_id, version, digest)
        snapshot = snapshots.get(key)
        if snapshot is None:
            snapshot = self._read_snapshot(config_id, version)
            snapshots.put(key, snapshot)
        return snapshot

    def _digest(self, config_id, version):
        self.env.cr.execute(
            SQL("SELECT digest FROM dining_menu_version WHERE config_id = %s AND version = %s", config_id, version)
        )
        row = self.env.cr.fetchone()
        if row is None:
            raise Refusal("menu_version_unknown", version=version)
        return row[0]

    def _read_snapshot(self, config_id, version):
        self.env["dining.menu.version"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT public_body, private_body, digest FROM dining_menu_version
                WHERE config_id = %s AND version = %s""",
                config_id,
                version,
            )
        )
        public_body, private_body, digest = self.env.cr.fetchone()
        return MenuSnapshot(
            version=version,
            body=public_body.encode(),
            etag=f'"{config_id}-{version}-{digest[:12]}"',
            menu=Menu.from_snapshot(json.loads(private_body)),
        )


def _dump(data):
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
