"""Courses and their plans."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "course",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("owner", sa.String(255), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keep_until", sa.Date),
        sa.Column("students", sa.Integer, nullable=False),
        sa.Column("roster", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_index("ix_course_owner", "course", ["owner"])
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("course_id", sa.String(36), sa.ForeignKey("course.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("handover", sa.Text),
        sa.UniqueConstraint("course_id", "number", name="one_plan_per_number"),
    )
    op.create_index("ix_plan_course_id", "plan", ["course_id"])
