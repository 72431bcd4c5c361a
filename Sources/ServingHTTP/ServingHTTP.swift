// The transport lands with its first user.
