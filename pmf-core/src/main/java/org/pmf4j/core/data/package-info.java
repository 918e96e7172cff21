/**
 * Tables of examples, one column for each modality and one for the label, from CSV or JSON; what
 * their labels mean as targets of a task; which modalities a row has, {@link
 * org.pmf4j.core.data.ModalityPattern}; and all that can be found wrong with them before any work
 * begins, {@link org.pmf4j.core.data.TableChecks}. Only what is blank is missing; what is not
 * understood is refused, by file, row and column.
 */
package org.pmf4j.core.data;
