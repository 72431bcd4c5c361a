// The kernels land with their first user.
