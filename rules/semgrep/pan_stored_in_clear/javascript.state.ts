import { persistReducer } from 'redux-persist';
import { persist } from 'zustand/middleware';
import storage from 'redux-persist/lib/storage';

// ruleid: pan_stored_in_clear.javascript.persisted
export const kept = persistReducer({ key: 'checkout', storage, whitelist: ['cardNumber', 'amount'] }, reducer);
// ok: pan_stored_in_clear.javascript.persisted
export const chosen = persistReducer({ key: 'checkout', storage, whitelist: ['cardToken', 'amount'] }, reducer);

export const useCheckout = create(persist((set) => ({
  // ruleid: pan_stored_in_clear.javascript.persisted
  cardNumber: '',
  amount: 0,
}), { name: 'checkout' }));

export const useForm = create(persist((set) => ({
  // ok: pan_stored_in_clear.javascript.persisted
  cardNumber: '',
  amount: 0,
}), { name: 'form', partialize: (state) => ({ amount: state.amount }) }));

// ruleid: pan_stored_in_clear.javascript.persisted
export const useCart = defineStore('checkout', { state: () => ({ cardNumber: '', amount: 0 }), persist: true });

export const useDraft = defineStore('draft', {
  // ok: pan_stored_in_clear.javascript.persisted
  state: () => ({ cardNumber: '', amount: 0 }),
});
