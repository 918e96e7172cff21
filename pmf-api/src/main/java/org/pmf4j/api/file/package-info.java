/**
 * Files that people hand over, read whole: what stands in a file's place – a link that leads
 * nowhere, a pointer of git-lfs, a web page, a device – is named in one line, with what to do.
 */
package org.pmf4j.api.file;
