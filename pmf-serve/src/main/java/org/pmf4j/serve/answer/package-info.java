/**
 * The plain interface: records as a person types them, in JSON or as the parts of a form, and what
 * the models say of them.
 */
package org.pmf4j.serve.answer;
