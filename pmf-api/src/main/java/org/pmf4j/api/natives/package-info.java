/**
 * Native libraries that jars hold, as files. Most loaders unpack theirs to the temporary folder
 * anew in each process, and leave them there where the process is killed. {@link
 * org.pmf4j.api.natives.UnpackedLibraries} keeps one copy for all processes of a user, for loaders
 * that can be told of a folder; {@link org.pmf4j.api.natives.TemporaryLibrary} takes away what the
 * others have left, as soon as it is loaded.
 */
package org.pmf4j.api.natives;
