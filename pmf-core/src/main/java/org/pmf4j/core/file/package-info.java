/**
 * What a run asks of the file system: {@link org.pmf4j.core.file.FolderLock} lets one process alone
 * write to a folder, and {@link org.pmf4j.core.file.OutputPlace} says before the work whether a
 * result can be written.
 */
package org.pmf4j.core.file;
