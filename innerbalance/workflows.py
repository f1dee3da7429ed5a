"""What happens when a workflow ends."""


def publish_approved(workflow_state, user=None) -> None:
    """Put the approved revision live. The approval is the permission: who approves need not have the right to publish
    whatever they like (settings.WAGTAIL_FINISH_WORKFLOW_ACTION names this function)."""
    workflow_state.current_task_state.revision.publish(user=user, skip_permission_checks=True)
