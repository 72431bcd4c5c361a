// The data plane lands with its first user.
