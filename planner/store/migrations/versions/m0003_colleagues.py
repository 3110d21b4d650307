"""With whom a course is shared, who did what to it, and which edits were of one sitting."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the columns beside what is there."""
    op.add_column("course", sa.Column("saver", sa.Text))
    op.add_column("course", sa.Column("saver_name", sa.Text))
    op.add_column("plan", sa.Column("sitting", sa.String(36)))
    op.create_table(
        "share",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("course_id", sa.String(36), sa.ForeignKey("course.id", ondelete="CASCADE"), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("may", sa.String(10), nullable=False),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("course_id", "address", name="one_share_per_address"),
    )
    op.create_index("ix_share_course_id", "share", ["course_id"])
    op.create_index("ix_share_address", "share", ["address"])
    op.create_table(
        "happened",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("course_id", sa.String(36), sa.ForeignKey("course.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("plan", sa.Integer),
        sa.Column("before", sa.LargeBinary),
    )
    op.create_index("ix_happened_course_id", "happened", ["course_id"])
