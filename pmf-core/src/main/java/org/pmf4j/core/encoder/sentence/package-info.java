/**
 * Folders of sentence-transformers: beside an encoder they say how its states become the vector of
 * a sentence. {@link org.pmf4j.core.encoder.sentence.SentenceFolder} knows which files there are,
 * {@link org.pmf4j.core.encoder.sentence.SentenceVector} what they say.
 */
package org.pmf4j.core.encoder.sentence;
