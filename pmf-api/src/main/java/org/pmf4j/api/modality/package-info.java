/**
 * Kinds of data. A {@link org.pmf4j.api.modality.Modality} reads a {@link
 * org.pmf4j.api.modality.Source} – a file, a text, bytes – and prepares it for encoders as their
 * directory says ({@link org.pmf4j.api.modality.Preprocessor}); with {@link
 * org.pmf4j.api.modality.Pretraining} it can also start an encoder from scratch. It knows no
 * backend and no fusion.
 */
package org.pmf4j.api.modality;
