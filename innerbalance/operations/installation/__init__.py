"""The core's own checks of an installation, one module for each subject."""
