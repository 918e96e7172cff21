/**
 * Reading and writing the files of an encoder's directory, in the Hugging Face layout: JSON objects
 * and plain files, with every complaint naming its file. Files are written beside their place and
 * then renamed.
 */
package org.pmf4j.modalities.directory;
