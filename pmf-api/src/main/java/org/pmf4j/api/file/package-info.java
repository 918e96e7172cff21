/**
 * Files, handled so that nothing is lost and every failure says why. {@link
 * org.pmf4j.api.file.InputFile} reads files that people hand over: what stands in a file's place –
 * a link that leads nowhere, a pointer of git-lfs, a web page, a device – is named in one line,
 * with what to do. {@link org.pmf4j.api.file.AtomicFile} replaces a file whole or not at all, and
 * {@link org.pmf4j.api.file.FileErrors} turns an {@link java.io.IOException} into the one line that
 * users see; nobody else shows such an exception's message. {@link org.pmf4j.api.file.Fingerprint}
 * knows files and settings again by their SHA-256.
 */
package org.pmf4j.api.file;
