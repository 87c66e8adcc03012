from tests.data_folder import folder

__all__ = ["folder"]
