"""The pages of the room. They ask the directory, call one operation and show the answer."""
