/**
 * Rows of numbers, truths, categories and dates. A {@link org.pmf4j.modalities.tabular.Schema} says
 * what each column is; it is made of the training rows and saved with the encoder, scales and known
 * values included, as preprocessor_config.json. The preprocessor makes scaled numbers and ids of a
 * row by it. The encoder over them is {@link org.pmf4j.modalities.family.FtTransformerFamily}.
 */
package org.pmf4j.modalities.tabular;
