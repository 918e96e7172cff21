/**
 * Files, handled so that nothing is lost and every failure says why. {@link
 * org.pmf4j.core.file.AtomicFile} replaces a file whole or not at all, {@link
 * org.pmf4j.core.file.Fingerprint} tells files apart by SHA-256, and {@link
 * org.pmf4j.core.file.FileErrors} turns an {@link java.io.IOException} into the one line that users
 * see.
 */
package org.pmf4j.core.file;
